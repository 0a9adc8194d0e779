import { code, plain } from "../../output/markdown";
import type { GroupKind, InventoryRecord, InventoryReport, RecordDifference, Since } from "../report";
import { GROUP_KINDS } from "../report";
import {
  activeCount,
  COUNT_WORDS,
  countedIn,
  GROUP_WORDS,
  groupColumns,
  NOT_WHOLE,
  partOf,
  percent,
  ruleTexts,
  sayingOf,
  sourceText,
  stackText,
  timeText,
  toLookAt,
} from "../words";

// A page that nobody scrolls through; the other formats hold all of them.
const MOST_ROWS = 200;
const MOST_GROUPS = 20;

/** The report as Markdown, in which no text from outside is a link, a mention or HTML. */
export function asMarkdown(report: InventoryReport): string {
  const { sources, stacks, where, since } = report;
  const flaws = sources.flatMap(({ instance, flaws }) => flaws.map((flaw) => ({ instance, flaw })));
  return [
    "# Postbacks",
    "",
    `Read at ${timeText(report.takenAt)}.`,
    "",
    ...sources.map((source) => `- ${sourceText(source, code)}. ${plain(source.statement)}`),
    ...stacks.map((stack) => `- ${stackText(stack, code)}.`),
    "",
    ...flaws.flatMap(({ instance, flaw }) => [`**${NOT_WHOLE}:** ${code(instance)}: ${plain(flaw)}.`, ""]),
    ...(where.length === 0 ? [] : [`Only those with ${where.map(code).join(" and ")}.`, ""]),
    ...totalsTable(report),
    ...recordsText(report),
    ...GROUP_KINDS.flatMap((kind) => groupText(kind, report)),
    ...(since === null ? [] : sinceText(since, sources.length > 1)),
  ].join("\n");
}

function totalsTable(report: InventoryReport): string[] {
  const { totals, stacks } = report;
  const { live, managed, coverage, activeCoverage } = totals;
  return tableOf(
    ["", "Postbacks"],
    [
      ["live", String(live)],
      ["active", String(activeCount(totals))],
      ...(stacks.length > 0
        ? [
            ["managed", `${managed} (${percent(coverage)})`],
            ["managed of the active ones", percent(activeCoverage)],
          ]
        : []),
      ...countedIn(report).map((name) => [COUNT_WORDS[name], String(totals[name])]),
    ],
  );
}

function recordsText(report: InventoryReport): string[] {
  const { records, where, sources, stacks } = report;
  const [hasInstances, isCompared] = [sources.length > 1, stacks.length > 0];
  const wanted = where.length > 0 ? records : toLookAt(report);
  if (wanted.length === 0) return [];
  return [
    where.length > 0 ? "## Records" : "## To look at",
    "",
    ...tableOf(
      [
        ...(hasInstances ? ["Instance"] : []),
        ...["Id", "Affiliate", "Offer", "What", "URL"],
        ...(isCompared ? ["Managed by"] : []),
      ],
      wanted
        .slice(0, MOST_ROWS)
        .map((record) => [
          ...(hasInstances ? [cell(record.instance)] : []),
          ...recordCells(record, isCompared),
        ]),
    ),
    ...restText(wanted.length - MOST_ROWS),
    ...ruleTexts(wanted, report).map((text) => `- ${plain(text)}`),
    "",
  ];
}

function recordCells(record: InventoryRecord, isCompared: boolean): string[] {
  const { id, affiliateId, offerId, url, managedBy } = record;
  return [
    ...[id, affiliateId, offerId].map((number) => String(number ?? "")),
    sayingOf(record, cell, isCompared),
    url === null ? "not shown" : cell(url),
    ...(isCompared ? [managedBy.map(({ stack, name }) => cell(`${stack} ${name}`)).join(" ")] : []),
  ];
}

function groupText(kind: GroupKind, { groups, stacks }: InventoryReport): string[] {
  const names = groupColumns(stacks.length > 0);
  return [
    `## By ${kind}`,
    "",
    ...tableOf(
      [kind, ...names.map((name) => GROUP_WORDS[name])],
      groups[kind]
        .slice(0, MOST_GROUPS)
        .map((group) => [cell(group.key), ...names.map((name) => String(group[name]))]),
    ),
    ...restText(groups[kind].length - MOST_GROUPS),
  ];
}

function sinceText({ takenAt, added, gone, changed, flaws }: Since, hasInstances: boolean): string[] {
  const nameOf = ({ id, instance }: { id: number; instance: string }) =>
    hasInstances ? `${id} on ${code(instance)}` : `${id}`;
  const ids = (records: readonly { id: number; instance: string }[]) =>
    records.slice(0, MOST_ROWS).map(nameOf).join(", ") || "none";
  const more = (count: number) => (count > MOST_ROWS ? `, and ${count - MOST_ROWS} more` : "");
  return [
    `## Since ${timeText(takenAt)}`,
    "",
    `- ${added.length} new: ${ids(added)}${more(added.length)}`,
    `- ${gone.length} gone: ${ids(gone)}${more(gone.length)}`,
    `- ${changed.length} changed`,
    ...changed
      .slice(0, MOST_ROWS)
      .map((one) => `  - ${nameOf(one)}: ${one.differences.map(changeText).join("; ")}`),
    ...(changed.length > MOST_ROWS ? [`  - and ${changed.length - MOST_ROWS} more`] : []),
    // They name hosts, which some readers make links of.
    ...flaws.map((flaw) => `- ${plain(flaw).replaceAll(".", "\\.")}.`),
    "",
  ];
}

function changeText(difference: RecordDifference): string {
  const { from, to } = difference;
  const what = partOf(difference, code);
  if (from === null && to === null) return `${what} differs`;
  return `${what}: ${from === null ? "nothing" : code(from)} → ${to === null ? "nothing" : code(to)}`;
}

function restText(rest: number): string[] {
  return rest > 0 ? [`… and ${rest} more, which the other formats hold.`, ""] : [];
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""];
}

// A bar ends a cell even inside a code span, unless a backslash stands before it; of two, the second is one itself.
function cell(text: string): string {
  return code(text.replace(/\\+(?=\|)/g, "\uFFFD")).replaceAll("|", "\\|");
}
