import type { AdoptedRow } from "../row";
import { csvProgramText, csvText, fitsCsv } from "./csv";
import { SHARED_FILE, SHARED_TEXT } from "./shared";
import { statementsText } from "./statements";

export const LAYOUTS = ["files", "csv"] as const;
/** A file for each affiliate, with a statement for each postback; or one CSV, and a program that reads it. */
export type Layout = (typeof LAYOUTS)[number];

export interface ProgramOptions {
  readonly layout: Layout;
  /** What an affiliate is called, by its ID. */
  readonly partners: ReadonlyMap<number, string>;
  /** The names of the files that are there, or were listed. None of them is written again. */
  readonly taken: Iterable<string>;
}

/** New files with their text, and the file that declares each postback, by its ID. */
export interface Program {
  readonly files: ReadonlyMap<string, string>;
  readonly fileOf: ReadonlyMap<number, string>;
}

// More than that nobody reads as statements.
const MAX_STATEMENTS = 300;
const MAX_FILES = 40;

// Our own, and what Windows takes for a device: nobody there could check such a file out.
const RESERVED = [
  ...["index", "shared", "adopted", "con", "prn", "aux", "nul"],
  ...Array.from({ length: 10 }, (_, port) => [`com${port}`, `lpt${port}`]).flat(),
];

export function layoutFor(rows: readonly AdoptedRow[]): Layout {
  const affiliates = new Set(rows.map(({ affiliateId }) => affiliateId));
  return rows.length <= MAX_STATEMENTS && affiliates.size <= MAX_FILES ? "files" : "csv";
}

/** The program for new postbacks. What was written before stays as it is. */
export function programOf(rows: readonly AdoptedRow[], { layout, partners, taken }: ProgramOptions): Program {
  // Windows and macOS take names for one that differ by case alone.
  const known = [...taken].map((file) => file.toLowerCase());
  const stems = new Set([...RESERVED, ...known.map(stemOf)]);
  const files = new Map(known.includes(SHARED_FILE) ? [] : [[SHARED_FILE, SHARED_TEXT]]);
  const fileOf = new Map<number, string>();
  for (const { stem, rows: together, isCsv } of groupsOf([...rows].sort(inOrder), layout, partners)) {
    const free = freeStem(stem, stems);
    const listed = `${free}${isCsv ? ".csv" : ".ts"}`;
    if (isCsv) files.set(listed, csvText(together));
    files.set(`${free}.ts`, isCsv ? csvProgramText(listed) : statementsText(together));
    for (const { postbackId } of together) fileOf.set(postbackId, listed);
  }
  return { files, fileOf };
}

/** The text of index.ts: an import of every file that declares adopted postbacks. */
export function indexText(files: Iterable<string>): string {
  const stems = [...new Set([...files].map(stemOf))].sort();
  return [
    '// Written by "pulumi-cake adopt" from adopted.json, which writes it anew.',
    ...stems.map((stem) => `import "./${stem}";`),
    "",
  ].join("\n");
}

/** The files that must be there for one that is listed. A CSV needs the program that reads it. */
export function filesBehind(listed: string): string[] {
  return listed.endsWith(".csv") ? [listed, `${stemOf(listed)}.ts`] : [listed];
}

interface Group {
  readonly stem: string;
  readonly rows: readonly AdoptedRow[];
  readonly isCsv: boolean;
}

function groupsOf(
  rows: readonly AdoptedRow[],
  layout: Layout,
  partners: ReadonlyMap<number, string>,
): Group[] {
  if (layout === "csv") {
    const [inCsv, inCode] = [rows.filter(fitsCsv), rows.filter((row) => !fitsCsv(row))];
    return [
      { stem: "postbacks", rows: inCsv, isCsv: true },
      { stem: "statements", rows: inCode, isCsv: false },
    ].filter((group) => group.rows.length > 0);
  }
  const byAffiliate = new Map<number, AdoptedRow[]>();
  for (const row of rows)
    byAffiliate.set(row.affiliateId, [...(byAffiliate.get(row.affiliateId) ?? []), row]);
  const stemFor = (id: number) => partners.get(id) ?? `affiliate-${id}`;
  return [...byAffiliate].map(([id, own]) => ({ stem: stemFor(id), rows: own, isCsv: false }));
}

// Of two files with one stem, an import would find either.
function stemOf(file: string): string {
  return file.replace(/\.[^.]*$/, "");
}

function freeStem(wanted: string, stems: Set<string>): string {
  let free = wanted;
  for (let number = 2; stems.has(free); number++) free = `${wanted}-${number}`;
  stems.add(free);
  return free;
}

function inOrder(one: AdoptedRow, other: AdoptedRow): number {
  return (
    one.affiliateId - other.affiliateId || one.offerId - other.offerId || one.postbackId - other.postbackId
  );
}
