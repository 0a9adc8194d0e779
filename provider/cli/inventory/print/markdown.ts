import { code, plain } from "../../inertMarkdown";
import type { Group, GroupKind, InventoryRecord, InventoryReport, RecordDifference, Since } from "../report";
import { GROUP_KINDS } from "../report";
import {
  COUNT_WORDS,
  COUNTED,
  flawTexts,
  NOT_WHOLE,
  partOf,
  percent,
  ruleTexts,
  sayingOf,
  sourceText,
  toLookAt,
} from "../words";

// A page that nobody scrolls through; the other formats hold all of them.
const MOST_ROWS = 200;
const MOST_GROUPS = 20;

/** The report as Markdown, in which no text from outside is a link, a mention or HTML. */
export function asMarkdown(report: InventoryReport): string {
  const { where, since, log, totals } = report;
  return [
    "# Postbacks",
    "",
    `Read at ${plain(report.takenAt)}.`,
    "",
    ...report.sources.flatMap((source) => [`- ${plain(sourceText(source))}. ${plain(source.statement)}`]),
    ...report.stacks.map(
      ({ stack, postbacks, elsewhere }) =>
        `- ${code(stack)}: ${postbacks} in its state${elsewhere > 0 ? `, ${elsewhere} of another instance` : ""}.`,
    ),
    "",
    ...flawTexts(report).flatMap((flaw) => [`**${NOT_WHOLE}:** ${plain(flaw)}.`, ""]),
    ...(where.length === 0 ? [] : [`Only those with ${where.map(code).join(" and ")}.`, ""]),
    ...tableOf(
      ["", "Postbacks"],
      [
        ["managed", `${totals.managed} of ${totals.live} live (${percent(totals.coverage)})`],
        ["of the active ones", percent(totals.activeCoverage)],
        ...COUNTED.map((name) => [COUNT_WORDS[name], String(totals[name])]),
      ],
    ),
    ...recordsText(report),
    ...GROUP_KINDS.flatMap((kind) => groupText(kind, report.groups[kind])),
    ...(since === null ? [] : sinceText(since)),
    ...(log === null ? [] : logText(log)),
  ].join("\n");
}

function recordsText(report: InventoryReport): string[] {
  const { records, where } = report;
  const wanted = where.length > 0 ? records : toLookAt(report);
  if (wanted.length === 0) return [];
  return [
    where.length > 0 ? "## Records" : "## To look at",
    "",
    ...tableOf(
      ["Id", "Affiliate", "Offer", "What", "URL", "Managed by"],
      wanted.slice(0, MOST_ROWS).map(recordCells),
    ),
    ...restText(wanted.length - MOST_ROWS),
    ...ruleTexts(wanted, report).map((text) => `- ${plain(text)}`),
    "",
  ];
}

function recordCells(record: InventoryRecord): string[] {
  const { id, affiliateId, offerId, url, managedBy } = record;
  return [
    ...[id, affiliateId, offerId].map((number) => String(number ?? "")),
    plain(sayingOf(record)),
    url === null ? "secret" : cell(url),
    managedBy.map(({ stack, name }) => cell(`${stack} ${name}`)).join(" "),
  ];
}

function groupText(kind: GroupKind, groups: readonly Group[]): string[] {
  return [
    `## By ${kind}`,
    "",
    ...tableOf(
      [kind, "live", "managed", "unmanaged", "drifted", "breaking a rule"],
      groups
        .slice(0, MOST_GROUPS)
        .map(({ key, live, managed, unmanaged, drifted, broken }) => [
          cell(key),
          ...[live, managed, unmanaged, drifted, broken].map(String),
        ]),
    ),
    ...restText(groups.length - MOST_GROUPS),
  ];
}

function sinceText({ takenAt, added, gone, changed, flaws }: Since): string[] {
  const ids = (records: readonly { id: number }[]) =>
    records
      .slice(0, MOST_ROWS)
      .map(({ id }) => id)
      .join(", ") || "none";
  return [
    `## Since ${plain(takenAt)}`,
    "",
    `- ${added.length} new: ${ids(added)}`,
    `- ${gone.length} gone: ${ids(gone)}`,
    `- ${changed.length} changed`,
    ...changed
      .slice(0, MOST_ROWS)
      .map(({ id, differences }) => `  - ${id}: ${differences.map(changeText).join("; ")}`),
    ...flaws.map((flaw) => `- ${plain(flaw)}.`),
    "",
  ];
}

function changeText(difference: RecordDifference): string {
  const { from, to } = difference;
  const what = plain(partOf(difference));
  if (from === null && to === null) return `${what} differs`;
  return `${what}: ${from === null ? "nothing" : code(from)} → ${to === null ? "nothing" : code(to)}`;
}

function logText({ writes, statement }: NonNullable<InventoryReport["log"]>): string[] {
  const rows = writes
    .slice(0, MOST_ROWS)
    .map(({ at, user, endpoint, result }) => [
      ...[at, user, endpoint].map((text) => (text === null ? "not told" : cell(text))),
      result === null ? "not told" : cell(result),
    ]);
  return [
    "## Who wrote when",
    "",
    plain(statement),
    "",
    ...tableOf(["When", "User", "Endpoint", "Answer"], rows),
    ...restText(writes.length - MOST_ROWS),
  ];
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
