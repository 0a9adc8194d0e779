import Table from "cli-table3";
import type { Colors } from "picocolors/types";
import { inert } from "../../inert";
import type { Group, GroupKind, InventoryRecord, InventoryReport, Since, Totals } from "../report";
import {
  COUNT_WORDS,
  COUNTED,
  differenceText,
  flawTexts,
  NOT_WHOLE,
  percent,
  ruleTexts,
  sayingOf,
  sourceText,
  toLookAt,
} from "../words";

// More fills the screen; the other formats hold all of them.
const MOST_ROWS = 40;

export interface TableOptions {
  readonly paint: Colors;
  /** What to count the records by. */
  readonly group: GroupKind | undefined;
}

/** The report for a terminal: the counts, and what somebody should look at. */
export function asTable(report: InventoryReport, { paint, group }: TableOptions): string {
  const { where, since, log } = report;
  return [
    ...report.sources.map((source) => paint.bold(inert(sourceText(source)))),
    ...report.stacks.map(({ stack, postbacks, elsewhere }) =>
      inert(
        `${stack}: ${postbacks} in its state${elsewhere > 0 ? `, ${elsewhere} of another instance` : ""}`,
      ),
    ),
    ...flawTexts(report).map((flaw) => paint.red(inert(`${NOT_WHOLE}: ${flaw}.`))),
    ...report.sources.flatMap(({ kind, statement }) => (kind === "list" ? [] : [paint.yellow(statement)])),
    ...(where.length === 0 ? [] : [inert(`Only those with ${where.join(" and ")}.`)]),
    "",
    totalsText(report.totals, paint),
    ...(group === undefined ? [] : ["", groupTable(group, report.groups[group])]),
    ...recordsText(report),
    ...(since === null ? [] : ["", sinceText(since)]),
    ...(log === null ? [] : ["", logText(log)]),
  ].join("\n");
}

function totalsText(totals: Totals, paint: Colors): string {
  const { live, managed, coverage, activeCoverage } = totals;
  const counts = COUNTED.filter((name) => totals[name] > 0).map((name) => {
    const text = `${totals[name]} ${COUNT_WORDS[name]}`;
    return ALARMING.has(name) ? paint.red(text) : text;
  });
  return [
    `${paint.bold(percent(coverage))} managed: ${managed} of ${live} live; of the active ones ${percent(activeCoverage)}`,
    counts.length === 0 ? "Nothing else is to be said." : counts.join(", "),
  ].join("\n");
}

const ALARMING: ReadonlySet<string> = new Set(["missing", "drifted", "duplicate", "broken", "claimedTwice"]);

function recordsText(report: InventoryReport): string[] {
  const { records, where } = report;
  // Who asked a question wants every answer.
  const wanted = where.length > 0 ? records : toLookAt(report);
  if (wanted.length === 0) return where.length > 0 ? ["", "No record is like that."] : [];
  const shown = wanted.slice(0, MOST_ROWS);
  const rest = wanted.length - shown.length;
  return [
    "",
    recordTable(shown),
    ...ruleTexts(shown, report).map(inert),
    ...(rest > 0 ? [`… and ${rest} more: --output report.html or report.csv holds all of them.`] : []),
  ];
}

function recordTable(records: readonly InventoryRecord[]): string {
  return tableOf(
    ["Id", "Affiliate", "Offer", "Host", "What", "Managed by"],
    records.map((record) => [
      String(record.id),
      String(record.affiliateId ?? ""),
      String(record.offerId ?? ""),
      record.host ?? "secret URL",
      sayingOf(record),
      record.managedBy.map(({ stack, name }) => inert(`${stack} ${name}`)).join("\n"),
    ]),
  );
}

function groupTable(kind: GroupKind, groups: readonly Group[]): string {
  const rest = groups.length - MOST_ROWS;
  const table = tableOf(
    [kind.charAt(0).toUpperCase() + kind.slice(1), "Live", "Managed", "Unmanaged", "Drifted", "Broken"],
    groups
      .slice(0, MOST_ROWS)
      .map(({ key, live, managed, unmanaged, drifted, broken }) => [
        key,
        ...[live, managed, unmanaged, drifted, broken].map(String),
      ]),
  );
  return rest > 0 ? `${table}\n… and ${rest} more.` : table;
}

function sinceText({ takenAt, added, gone, changed, flaws }: Since): string {
  const ids = (records: readonly { id: number }[]) => {
    const shown = records.slice(0, MOST_ROWS).map(({ id }) => id);
    const more = records.length > MOST_ROWS ? [`and ${records.length - MOST_ROWS} more`] : [];
    return records.length === 0 ? "" : `: ${[...shown, ...more].join(", ")}`;
  };
  return [
    `Since ${takenAt}: ${added.length} new, ${gone.length} gone, ${changed.length} changed.`,
    ...(added.length > 0 ? [`  new${ids(added)}`] : []),
    ...(gone.length > 0 ? [`  gone${ids(gone)}`] : []),
    ...changed
      .slice(0, MOST_ROWS)
      .map(({ id, differences }) => `  ${id}  ${differences.map(differenceText).join("; ")}`),
    ...flaws.map((flaw) => `  ${flaw}.`),
  ]
    .map(inert)
    .join("\n");
}

function logText({ writes, statement }: NonNullable<InventoryReport["log"]>): string {
  const shown = writes.slice(0, MOST_ROWS);
  return [
    ...(shown.length === 0
      ? ["CAKE's request log shows no write to the postback endpoints."]
      : [
          tableOf(
            ["When (as CAKE writes it)", "User", "Endpoint", "Answer"],
            shown.map(({ at, user, endpoint, result }) => [
              at ?? "not told",
              user ?? "not told",
              endpoint,
              result ?? "not told",
            ]),
          ),
        ]),
    inert(statement),
  ].join("\n");
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({ head: [...head], style: { head: [], border: [] }, chars: NO_LINES });
  for (const row of rows) table.push(row.map((cell) => cell.split("\n").map(inert).join("\n")));
  return table.toString();
}

// A line between every two records would halve what a screen can show.
const NO_LINES = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };
