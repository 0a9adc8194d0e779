import { type Block, joined, type Line, say } from "../output/document";
import { plural } from "../output/text";
import { ALL_COLUMNS, type Cell, type Column } from "./columns";
import { ALL_CONDITIONS, about, type Condition, isJudged, label } from "./conditions";
import { differenceLine } from "./differenceLine";
import { hostBlocks } from "./hosts/hostBlocks";
import type {
  Group,
  GroupKind,
  InventoryPostback,
  InventoryReport,
  PostbackName,
  SourceRead,
} from "./report";

/** The whole report for people. */
export function documentOf(
  report: InventoryReport,
  format: "pretty" | "markdown",
  groups: readonly GroupKind[],
): Block[] {
  return [
    ...introduction(report),
    { lines: totalLines(report) },
    ...hostBlocks(report),
    ...groups.flatMap((kind) => groupBlocks(kind, report)),
    ...postbackBlocks(report, format),
    ...sinceBlocks(report),
  ];
}

/** What was read, what may be missing, and what was asked. */
export function introduction({ sources, stacks, where, hostsIncomplete }: InventoryReport): Block[] {
  const issues = [
    ...sources.flatMap(({ instance, incomplete }) =>
      incomplete.map((issue) => say`${[INCOMPLETE]}: ${instance}: ${issue}`),
    ),
    ...hostsIncomplete.map((issue) => [`${HOSTS_INCOMPLETE}: ${issue}`]),
  ];
  const read = [
    ...sources.map(sourceLine),
    ...stacks.map(({ stack, file, postbacks, elsewhere }) => {
      const others = elsewhere === 0 ? "" : `, ${elsewhere} of them on instances that were not read`;
      return say`Stack ${stack}: ${counted(postbacks, "postback")} in its state${[others]} (${file})`;
    }),
    ...(where.length === 0
      ? []
      : [
          say`Only postbacks with ${joined(
            where.map((one) => say`${one}`),
            " and ",
          )}`,
        ]),
  ];
  return [{ lines: read }, ...(issues.length === 0 ? [] : [{ lines: issues, tone: "alarm" as const }])];
}

const INCOMPLETE = "The list may be incomplete, so nothing is reported as missing";

const HOSTS_INCOMPLETE = "Not all hosts could be judged";

const KINDS: Readonly<Record<SourceRead["kind"], string>> = {
  list: " in CAKE's list",
  campaigns: " on campaigns",
  csv: " in a file",
};

function sourceLine({ instance, kind, file, postbacks, calls, statement }: SourceRead): Line {
  const where = file === null ? counted(calls, "call") : say`${file}`;
  const what = kind === "list" ? "" : `. ${statement}`;
  return say`${instance}: ${counted(postbacks, "postback")}${[KINDS[kind]]} (${where})${[what]}`;
}

/** How much is managed, and how many postbacks each condition holds of. */
export function totalLines(report: InventoryReport): Line[] {
  const { totals, where, postbacks } = report;
  if (postbacks.length === 0) return [[where.length > 0 ? "No matching postbacks." : "No live postbacks."]];
  const counts = conditionsOf(report).map((one) => `${label(one)}: ${totals[one]}`);
  return [coverageLine(report), ...(counts.length === 0 ? [] : [[counts.join(", ")]])];
}

function coverageLine({ totals, stacks }: InventoryReport): Line {
  const { live, managed, active, coverage, activeCoverage } = totals;
  const lives = [...counted(live, "live postback"), `, ${active} active`];
  if (stacks.length === 0) return [...lives, "; not compared with a stack"];
  const ofActive = activeCoverage === null ? "" : `; ${activeCoverage} % of the active ones`;
  return [`${coverage ?? 0} % managed: ${managed} of `, ...lives, ofActive];
}

/** The conditions that are worth a figure. */
export function conditionsOf(report: InventoryReport): Condition[] {
  return ALL_CONDITIONS.filter((one) => one !== "managed" && report.totals[one] > 0 && isJudged(one, report));
}

function postbackBlocks(report: InventoryReport, format: "pretty" | "markdown"): Block[] {
  // Who filters wants every match.
  const wanted = byUrgency(report).filter((one) => report.where.length > 0 || needsAttention(one, report));
  if (wanted.length === 0) return [];
  const columns = columnsIn(format, wanted, report);
  const found = new Set(wanted.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  const rules = Object.entries(report.rules).filter(([rule]) => found.has(rule));
  return [
    { title: report.where.length > 0 ? "Matching postbacks" : "Postbacks that need attention" },
    {
      table: {
        head: columns.map(({ heading }) => heading),
        rows: wanted.map((one) => columns.map(({ cell }) => cellLines(cell(one, report)))),
      },
    },
    ...(rules.length === 0
      ? []
      : [{ lines: rules.map(([rule, { name, fix }]) => [`${rule} ${name}: ${fix}`]) }]),
  ];
}

/** The columns of a format in which something stands. */
export function columnsIn(
  format: Column["formats"][number],
  postbacks: readonly InventoryPostback[],
  report: InventoryReport,
): Column[] {
  const isEmpty = (cell: Cell) => cell === null || cell === "" || (Array.isArray(cell) && cell.length === 0);
  return ALL_COLUMNS.filter(({ heading, formats, cell }) => {
    if (!formats.includes(format)) return false;
    if (heading === "Instance" && format !== "details") return report.sources.length > 1;
    return postbacks.some((one) => !isEmpty(cell(one, report)));
  });
}

function cellLines(cell: Cell): readonly Line[] {
  if (cell === null) return [["unknown"]];
  if (typeof cell === "object") return cell;
  return [typeof cell === "number" ? [String(cell)] : say`${cell}`];
}

/** All postbacks, the most urgent first. */
export function byUrgency(report: InventoryReport): InventoryPostback[] {
  const counting = ALL_CONDITIONS.filter((one) => isJudged(one, report));
  const urgency = new Map(counting.map((one, index) => [one, index]));
  const rank = ({ is }: InventoryPostback) =>
    Math.min(...is.map((one) => urgency.get(one) ?? counting.length), counting.length);
  return report.postbacks
    .map((postback) => ({ postback, rank: rank(postback) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ postback }) => postback);
}

function needsAttention({ is }: InventoryPostback, report: InventoryReport): boolean {
  return is.some((one) => about(one).level !== "fact" && isJudged(one, report));
}

function groupBlocks(kind: GroupKind, report: InventoryReport): Block[] {
  const counts = ["live", "managed", ...conditionsOf(report)] as const;
  const shown = counts.filter((one) => one !== "managed" || report.stacks.length > 0);
  const heads = shown.map((one) => (one === "live" ? one : label(one)));
  const cells = (group: Group) => shown.map((one) => [[String(group[one])]]);
  const rows = report.groups[kind].map((group) => [[say`${group.key}`], ...cells(group)]);
  return [{ title: `By ${kind}` }, { table: { head: [kind, ...heads], rows } }];
}

/** What is new, gone and changed since an earlier report. */
export function sinceBlocks({ since, sources }: InventoryReport): Block[] {
  if (since === null) return [];
  const { takenAt, added, gone, changed, incomplete } = since;
  const row = (what: string, { id, instance }: PostbackName, lines: readonly Line[]) => [
    ...[[[what]], [[String(id)]], ...(sources.length > 1 ? [[say`${instance}`]] : []), lines],
  ];
  const rows = [
    ...added.map((one) => row("added", one, [])),
    ...gone.map((one) => row("gone", one, [])),
    ...changed.map((one) => row("changed", one, one.differences.map(differenceLine))),
  ];
  const head = ["Since then", "ID", ...(sources.length > 1 ? ["Instance"] : []), "Change"];
  const counts = `${added.length} added, ${gone.length} gone, ${changed.length} changed`;
  return [
    { title: `Since ${takenAt.slice(0, 16).replace("T", " ")} UTC: ${counts}` },
    ...(incomplete.length === 0
      ? []
      : [{ lines: incomplete.map(({ instance, issue }) => say`${instance}: ${[issue]}`) }]),
    ...(rows.length === 0 ? [] : [{ table: { head, rows } }]),
  ];
}

function counted(count: number, noun: string): Line {
  return [plural(count, noun)];
}
