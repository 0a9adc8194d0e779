import type { InventoryRecord, InventoryReport, Mark, RecordDifference, SourceRead, Totals } from "./report";

/** Each mark in a word or two. */
export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  claimedTwice: "managed twice",
  drifted: "drifted",
  duplicate: "fires twice",
  broken: "breaks a rule",
  exposed: "secret in plain sight",
  warned: "warned of",
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
  warned: "warned of",
  inactive: "inactive",
  notCompared: "not compared",
} as const satisfies Partial<Record<keyof Totals, string>>;
export const COUNTED = Object.keys(COUNT_WORDS) as (keyof typeof COUNT_WORDS)[];

/** What a record is, for a cell of a table: `unmanaged, drifted (status), P08`. */
export function sayingOf({ standing, marks, drift, findings }: InventoryRecord): string {
  const parts = drift.map(partOf).join(", ");
  const rules = [...new Set(findings.filter((one) => one.suppressed === undefined).map((one) => one.rule))];
  return [
    standing,
    ...marks.map((mark) => (mark === "drifted" ? `drifted (${parts})` : MARK_WORDS[mark])),
    ...rules,
  ].join(", ");
}

export function partOf({ part, name }: RecordDifference): string {
  return name === null ? part : `${part} ${name}`;
}

/** `status: active → inactive`. What is not shown is not quoted. */
export function differenceText(difference: RecordDifference): string {
  const { from, to } = difference;
  const what = partOf(difference);
  if (from === null && to === null) return `${what} differs`;
  if (from === null) return `${what} is added: ${to}`;
  return to === null ? `${what} is gone: ${from}` : `${what}: ${from} → ${to}`;
}

const KINDS: Readonly<Record<SourceRead["kind"], string>> = {
  list: "postbacks in CAKE's list",
  campaigns: "campaigns with a postback URL in CAKE's export",
  csv: "postbacks in a file",
};

export function sourceText({ instance, kind, file, records, calls }: SourceRead): string {
  const where = file === null ? `${calls} ${calls === 1 ? "call" : "calls"}` : file;
  return `${instance}: ${records} ${KINDS[kind]} (${where})`;
}

/** Why the report may lack records, each with its instance; none where it is whole. */
export function flawTexts({ sources }: InventoryReport): string[] {
  return sources.flatMap(({ instance, flaws }) => flaws.map((flaw) => `${instance}: ${flaw}`));
}

export const NOT_WHOLE = "Not all postbacks may be in this report";

export function percent(share: number | null): string {
  return share === null ? "nothing is live" : `${share} %`;
}

/** The records that somebody should look at: where no stack was given, being unmanaged is nothing special. */
export function toLookAt({ records, stacks }: InventoryReport): InventoryRecord[] {
  return records.filter(
    ({ standing, marks }) =>
      standing === "missing" ||
      (standing === "unmanaged" && stacks.length > 0) ||
      marks.some((mark) => mark !== "inactive"),
  );
}

/** What the rules are that found something in these records: `P08 unknown-macro: what to do`. */
export function ruleTexts(records: readonly InventoryRecord[], { rules }: InventoryReport): string[] {
  const found = new Set(records.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  return Object.entries(rules)
    .filter(([rule]) => found.has(rule))
    .map(([rule, { name, fix }]) => `${rule} ${name}: ${fix}`);
}
