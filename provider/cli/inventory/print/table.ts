import Table from "cli-table3";
import type { Colors } from "picocolors/types";
import { stripControlChars } from "../../output/stripControlChars";
import type { GroupKind, InventoryRecord, InventoryReport, Since } from "../report";
import {
  activeCount,
  COUNT_WORDS,
  countedIn,
  differenceText,
  flawTexts,
  GROUP_WORDS,
  groupColumns,
  NOT_WHOLE,
  percent,
  ruleTexts,
  sayingOf,
  sourceText,
  stackText,
  timeText,
  toLookAt,
} from "../words";

// More fills the screen; the other formats hold all of them.
const MOST_ROWS = 40;
const MOST_LINES = 8;
// A longer line of a cell would break every line of the table.
const LONGEST_LINE = 80;

export interface TableOptions {
  readonly paint: Colors;
  /** What to count the records by. */
  readonly group: GroupKind | undefined;
}

/** The report for a terminal: the counts, and what somebody should look at. */
export function asTable(report: InventoryReport, { paint, group }: TableOptions): string {
  const { where, since } = report;
  return [
    ...report.sources.map((source) => paint.bold(stripControlChars(sourceText(source)))),
    ...report.stacks.map((stack) => stripControlChars(stackText(stack))),
    ...flawTexts(report).map((flaw) => paint.red(stripControlChars(`${NOT_WHOLE}: ${flaw}.`))),
    ...report.sources.flatMap(({ kind, statement }) => (kind === "list" ? [] : [paint.yellow(statement)])),
    ...(where.length === 0 ? [] : [stripControlChars(`Only those with ${where.join(" and ")}.`)]),
    "",
    ...totalsText(report, paint),
    ...(group === undefined ? [] : ["", groupTable(group, report)]),
    ...recordsText(report),
    ...(since === null ? [] : ["", sinceText(since, report.sources.length > 1)]),
  ].join("\n");
}

function totalsText(report: InventoryReport, paint: Colors): string[] {
  const { totals } = report;
  const counts = countedIn(report)
    .filter((name) => totals[name] > 0)
    .map((name) => {
      const text = `${totals[name]} ${COUNT_WORDS[name]}`;
      return ALARMING.has(name) ? paint.red(text) : text;
    });
  return [coverageText(report, paint), ...(counts.length === 0 ? [] : [counts.join(", ")])];
}

function coverageText({ totals, stacks, where }: InventoryReport, paint: Colors): string {
  const { live, managed, coverage, activeCoverage } = totals;
  const active = activeCount(totals);
  if (live === 0) return where.length > 0 ? "No live postback is like that." : "No live postback.";
  const lives = `${live} live ${live === 1 ? "postback" : "postbacks"}`;
  if (stacks.length === 0)
    return `${paint.bold(lives)}, ${active} of them active; no stack was given to compare with`;
  const ofActive = active === 0 ? "none is active" : `active alone: ${percent(activeCoverage)} of ${active}`;
  return `${paint.bold(`${percent(coverage)} managed`)}: ${managed} of ${lives}; ${ofActive}`;
}

const ALARMING: ReadonlySet<string> = new Set(["missing", "drifted", "duplicate", "broken", "claimedTwice"]);

function recordsText(report: InventoryReport): string[] {
  const { records, where } = report;
  // Who asked a question wants every answer.
  const wanted = where.length > 0 ? records : toLookAt(report);
  if (wanted.length === 0) return [];
  const shown = wanted.slice(0, MOST_ROWS);
  const rest = wanted.length - shown.length;
  return [
    "",
    recordTable(shown, report),
    ...(shown.some(({ drift }) => drift.length > 0) ? ["Drift reads from the state to CAKE."] : []),
    ...ruleTexts(shown, report).map(stripControlChars),
    ...(rest > 0 ? [`… and ${rest} more: --output report.html or report.csv holds all of them.`] : []),
  ];
}

function recordTable(records: readonly InventoryRecord[], { sources, stacks }: InventoryReport): string {
  const [hasInstances, isCompared] = [sources.length > 1, stacks.length > 0];
  return tableOf(
    [
      ...(hasInstances ? ["Instance"] : []),
      ...["Id", "Affiliate", "Offer", "Host", "What"],
      ...(isCompared ? ["Managed by"] : []),
    ],
    records.map((record) => [
      ...(hasInstances ? [[record.instance]] : []),
      [String(record.id)],
      [String(record.affiliateId ?? "")],
      [String(record.offerId ?? "")],
      [record.host ?? "not shown"],
      // The parts stand below, with their values.
      [
        sayingOf({ ...record, drift: [] }, undefined, isCompared),
        ...record.drift.map((one) => `  ${differenceText(one)}`),
      ],
      ...(isCompared ? [record.managedBy.map(({ stack, name }) => `${stack} ${name}`)] : []),
    ]),
  );
}

function groupTable(kind: GroupKind, { groups, stacks }: InventoryReport): string {
  const names = groupColumns(stacks.length > 0);
  const rest = groups[kind].length - MOST_ROWS;
  const table = tableOf(
    [kind, ...names.map((name) => GROUP_WORDS[name])].map(capital),
    groups[kind]
      .slice(0, MOST_ROWS)
      .map((group) => [[group.key], ...names.map((name) => [String(group[name])])]),
  );
  return rest > 0 ? `${table}\n… and ${rest} more.` : table;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function sinceText({ takenAt, added, gone, changed, flaws }: Since, hasInstances: boolean): string {
  const nameOf = ({ id, instance }: { id: number; instance: string }) =>
    hasInstances ? `${id} on ${instance}` : `${id}`;
  const ids = (records: readonly { id: number; instance: string }[]) => {
    const shown = records.slice(0, MOST_ROWS).map(nameOf);
    const more = records.length > MOST_ROWS ? [`and ${records.length - MOST_ROWS} more`] : [];
    return [...shown, ...more].join(", ");
  };
  return [
    `Since ${timeText(takenAt)}: ${added.length} new, ${gone.length} gone, ${changed.length} changed.`,
    ...(added.length > 0 ? [`  new: ${ids(added)}`] : []),
    ...(gone.length > 0 ? [`  gone: ${ids(gone)}`] : []),
    ...changed
      .slice(0, MOST_ROWS)
      .map((one) => `  ${nameOf(one)}  ${one.differences.map((each) => differenceText(each)).join("; ")}`),
    ...(changed.length > MOST_ROWS ? [`  … and ${changed.length - MOST_ROWS} more changed.`] : []),
    ...flaws.map((flaw) => `  ${flaw}.`),
  ]
    .map(stripControlChars)
    .join("\n");
}

/** A cell by its lines. */
type Cell = readonly string[];

// Each line is a row of its own: for the lines of one cell the library takes time by the third power of their number.
function tableOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const table = new Table({ head: [...head], style: { head: [], border: [] }, chars: NO_LINES });
  for (const row of rows) {
    const cells = row.map(cut);
    const height = Math.max(1, ...cells.map(({ length }) => length));
    for (let at = 0; at < height; at++)
      table.push(cells.map((lines) => shortened(stripControlChars(lines[at] ?? ""))));
  }
  return table.toString();
}

function cut(lines: Cell): Cell {
  const rest = lines.length - MOST_LINES;
  return rest > 0 ? [...lines.slice(0, MOST_LINES), `… and ${rest} more`] : lines;
}

function shortened(line: string): string {
  const letters = [...line];
  return letters.length <= LONGEST_LINE ? line : `${letters.slice(0, LONGEST_LINE - 1).join("")}…`;
}

// A line between every two records would halve what a screen can show.
const NO_LINES = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };
