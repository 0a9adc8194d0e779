import type { AdoptedRow } from "../row";
import { type Context, propertiesOf, type Written } from "./declaration";
import { type Imported, withImports } from "./imports";
import { withoutComments } from "./scan";
import type { Need } from "./url";

export const ROWS_FILE = "rows.ts";
const INDEX_FILE = "index.ts";

const MARKER = "// pulumi-cake adopt adds new rows above this line.";
// On a line of its own, however far in.
const MARKER_LINE = new RegExp(`^[ \\t]*${MARKER.replaceAll(".", "\\.")}`, "m");

const EMPTY = `import type { AffiliatePostbackArgs } from "pulumi-cake";

/** A postback that was live in CAKE before it was declared. */
export interface Row extends AffiliatePostbackArgs {
  /** CAKE's id of the record. */
  postbackId: number;
  /** The resource's name: to change it, use "aliases". */
  name: string;
}

export const rows: readonly Row[] = [
  ${MARKER}
];
`;

const INDEX = `import { AffiliatePostback } from "pulumi-cake";
import { adopted } from "./adopted";
import { rows } from "./rows";

for (const { name, postbackId, ...args } of rows) {
  new AffiliatePostback(name, { ...args, adopt: { postbackId } }, adopted);
}
`;

/** One table with a row for each postback, and an index that declares them. */
export function withRows(
  rows: readonly AdoptedRow[],
  existing: ReadonlyMap<string, string>,
  context: Context,
): Written {
  const needs = new Set<Need>();
  const lines = rows.map((row) => {
    const code = propertiesOf(row, "    ", context);
    for (const need of code.needs) needs.add(need);
    return rowText(row, code.lines);
  });
  const wanted: ReadonlySet<Imported> = needs;
  const text = withLines(withImports(existing.get(ROWS_FILE) ?? EMPTY, wanted), lines.join(""));
  const index = indexWithRows(existing.get(INDEX_FILE) ?? "");
  return {
    files: new Map([[ROWS_FILE, text], ...(index === undefined ? [] : [[INDEX_FILE, index] as const])]),
    needs,
  };
}

function withLines(table: string, lines: string): string {
  const marker = MARKER_LINE.exec(table);
  if (marker === null) throw new Error(NO_MARKER);
  return `${withComma(table.slice(0, marker.index))}${lines}${table.slice(marker.index)}`;
}

// A formatter may leave out the comma behind the last row.
function withComma(before: string): string {
  const end = withoutComments(before).trimEnd().length;
  return /[,[]$/.test(before.slice(0, end)) ? before : `${before.slice(0, end)},${before.slice(end)}`;
}

// A folder of that name may hold a program of its own.
function indexWithRows(index: string): string | undefined {
  if (/\bfrom\s*["']\.\/rows(?:\.[jt]s)?["']/.test(index)) return undefined;
  return index === "" ? INDEX : `${index.trimEnd()}\n\n${INDEX}`;
}

function rowText({ postbackId, name }: AdoptedRow, lines: readonly string[]): string {
  return ["  {", `    postbackId: ${postbackId},`, `    name: "${name}",`, ...lines, "  },", ""].join("\n");
}

const NO_MARKER = `${ROWS_FILE} lacks the line below which nothing is added. Put it back, as the last one of the table:\n  ${MARKER}\nNothing was written.`;
