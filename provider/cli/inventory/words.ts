import type {
  Counts,
  InventoryRecord,
  InventoryReport,
  Mark,
  RecordDifference,
  RecordFinding,
  SourceRead,
  StackRead,
  Totals,
} from "./report";

/** Each mark in a word or two. */
export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  claimedTwice: "managed twice",
  drifted: "drifted",
  duplicate: "fires twice",
  broken: "breaks a rule",
  exposed: "secret in plain sight",
  warned: "warning",
  inactive: "inactive",
  notCompared: "not compared",
};

/** What is counted beside managed records, in the order of their weight. */
export const COUNT_WORDS = {
  unmanaged: "unmanaged",
  missing: "missing at CAKE",
  drifted: "drifted",
  duplicate: "firing twice",
  broken: "breaking a rule",
  exposed: "with a secret in plain sight",
  claimedTwice: "managed twice",
  warned: "with a warning",
  inactive: "inactive",
  notCompared: "not compared",
} as const satisfies Partial<Record<keyof Totals, string>>;
type CountName = keyof typeof COUNT_WORDS;
const BESIDE_STACKS: ReadonlySet<CountName> = new Set([
  ...(["unmanaged", "missing", "drifted", "claimedTwice", "notCompared"] as const),
]);

/** What is worth counting in a report: without stacks, what compares with them says nothing. */
export function countedIn({ stacks }: InventoryReport): CountName[] {
  const names = Object.keys(COUNT_WORDS) as CountName[];
  return names.filter((name) => stacks.length > 0 || !BESIDE_STACKS.has(name));
}

/** What is counted in each group. */
export const GROUP_WORDS = {
  live: "live",
  managed: "managed",
  unmanaged: "unmanaged",
  drifted: "drifted",
  broken: "breaking a rule",
} as const satisfies Partial<Record<keyof Counts, string>>;

export function groupColumns(isCompared: boolean): (keyof typeof GROUP_WORDS)[] {
  return isCompared ? ["live", "managed", "unmanaged", "drifted", "broken"] : ["live", "broken"];
}

/** What stands where there is nothing to show. The page finds the records of a group by it, too. */
export const UNTOLD = { url: "URL not shown", fact: "not told", tracker: "no template" } as const;

/** How a format shows a text from outside amid our own words. */
type Show = (text: string) => string;
const asItIs: Show = (text) => text;

/**
 * What a record is, for a cell of a table: `unmanaged, drifted (status), breaks a rule (P08)`.
 *
 * @param isCompared Whether there are stacks at all: without them, everything is unmanaged.
 */
export function sayingOf(record: InventoryRecord, show = asItIs, isCompared = true): string {
  const { standing, marks } = record;
  const first = standing === "missing" ? COUNT_WORDS.missing : standing;
  const isToldByMark = marks.includes("claimedTwice") || !isCompared;
  const told = [...(isToldByMark ? [] : [first]), ...marks.map((mark) => markText(mark, record, show))];
  return told.join(", ") || "active";
}

function markText(mark: Mark, record: InventoryRecord, show: Show): string {
  if (mark === "notCompared" && !record.isSeen) return "not seen";
  const details =
    mark === "drifted" ? record.drift.map((one) => partOf(one, show)) : rulesBehind(mark, record);
  return details.length === 0 ? MARK_WORDS[mark] : `${MARK_WORDS[mark]} (${details.join(", ")})`;
}

const BEHIND: Readonly<Partial<Record<Mark, (finding: RecordFinding) => boolean>>> = {
  broken: ({ rule, severity }) => rule !== "P20" && severity === "error",
  warned: ({ rule, severity }) => rule !== "P16" && severity === "warning",
  inactive: ({ rule }) => rule !== "P16",
};

function rulesBehind(mark: Mark, { findings }: InventoryRecord): string[] {
  const isBehind = BEHIND[mark] ?? (() => false);
  const found = findings.filter((one) => one.suppressed === undefined && isBehind(one));
  return [...new Set(found.map(({ rule }) => rule))];
}

export function partOf({ part, name }: RecordDifference, show = asItIs): string {
  return name === null ? part : `${part} ${show(name)}`;
}

/** `status: active → inactive`. What is not shown is not quoted. */
export function differenceText(difference: RecordDifference, show = asItIs): string {
  const { from, to } = difference;
  const what = partOf(difference, show);
  if (from === null && to === null) return `${what} differs`;
  if (from === null) return `${what} is added: ${show(to ?? "")}`;
  return to === null ? `${what} is gone: ${show(from)}` : `${what}: ${show(from)} → ${show(to)}`;
}

const KINDS: Readonly<Record<SourceRead["kind"], readonly [one: string, many: string]>> = {
  list: ["postback in CAKE's list", "postbacks in CAKE's list"],
  campaigns: ["campaign with a postback URL", "campaigns with a postback URL"],
  csv: ["postback in a file", "postbacks in a file"],
};

export function sourceText({ instance, kind, file, records, calls }: SourceRead, show = asItIs): string {
  const [one, many] = KINDS[kind];
  const where = file === null ? counted(calls, "call", "calls") : show(file);
  return `${show(instance)}: ${counted(records, one, many)} (${where})`;
}

/** A line that begins with a word of ours, because one that begins with `::` is a command in a log of GitHub Actions. */
export function stackText({ stack, postbacks, elsewhere }: StackRead, show = asItIs): string {
  const others = elsewhere === 0 ? "" : `, ${elsewhere} of them on no instance that was read`;
  return `Stack ${show(stack)}: ${counted(postbacks, "postback", "postbacks")} in its state${others}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Why the report may lack records, each with its instance; none where it is whole. */
export function flawTexts({ sources }: InventoryReport): string[] {
  return sources.flatMap(({ instance, flaws }) => flaws.map((flaw) => `${instance}: ${flaw}`));
}

export const NOT_WHOLE = "This report may lack postbacks, so it calls none missing";

export function percent(share: number | null): string {
  return share === null ? "nothing is live" : `${share} %`;
}

/** How many of the live records CAKE calls. */
export function activeCount({ live, inactive }: Totals): number {
  return live - inactive;
}

/** `2026-11-23 20:48 UTC`, of a time as reports hold it. */
export function timeText(time: string): string {
  return `${time.slice(0, 16).replace("T", " ")} UTC`;
}

const BY_WEIGHT: readonly (Mark | InventoryRecord["standing"])[] = [
  ...(["missing", "claimedTwice", "drifted", "duplicate", "broken"] as const),
  ...(["unmanaged", "exposed", "warned", "notCompared"] as const),
];

/**
 * The records that somebody should look at, the worst first. Where no stack was given, being unmanaged is nothing
 * special.
 */
export function toLookAt({ records, stacks }: InventoryReport): InventoryRecord[] {
  const kinds = BY_WEIGHT.filter((kind) => kind !== "unmanaged" || stacks.length > 0);
  const byWeight = kinds.map((): InventoryRecord[] => []);
  for (const record of records) {
    const worst = kinds.findIndex(
      (kind) => record.standing === kind || record.marks.some((mark) => mark === kind),
    );
    byWeight[worst]?.push(record);
  }
  return byWeight.flat();
}

/** What the rules are that found something in these records: `P08 unknown-macro: what to do`. */
export function ruleTexts(records: readonly InventoryRecord[], { rules }: InventoryReport): string[] {
  const found = new Set(records.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  return Object.entries(rules)
    .filter(([rule]) => found.has(rule))
    .map(([rule, { name, fix }]) => `${rule} ${name}: ${fix}`);
}
