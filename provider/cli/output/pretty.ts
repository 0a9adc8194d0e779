import CliTable from "cli-table3";
import type { Colors } from "picocolors/types";
import { type Block, type Line, plainText, type Table } from "./document";
import { stripControlChars } from "./stripControlChars";

// More fills the screen.
const MOST_ROWS = 40;
const MOST_LINES = 8;
// A longer line of a cell would break every line of the table.
const LONGEST_LINE = 80;

/** A report for a terminal. */
export function prettyText(blocks: readonly Block[], paint: Colors): string {
  return blocks.map((block) => blockText(block, paint)).join("\n");
}

function blockText(block: Block, paint: Colors): string {
  if ("title" in block) return `\n${paint.bold(block.title)}`;
  if ("table" in block) return tableText(block.table);
  const paintLine = { strong: paint.bold, alarm: paint.red, none: String }[block.tone ?? "none"];
  return block.lines.map((line) => paintLine(inert(line))).join("\n");
}

/** A table with lines around it; its first rows, and how many more there are. */
export function tableText({ head, rows }: Table): string {
  const table = new CliTable({ head: [...head], style: { head: [], border: [] }, chars: NO_LINES });
  for (const row of rows.slice(0, MOST_ROWS)) {
    const cells = row.map((lines) => cut(lines.map(inert)));
    // Each line is a row of its own: for the lines of one cell the library takes time by the third power of their number.
    const height = Math.max(1, ...cells.map(({ length }) => length));
    for (let at = 0; at < height; at++) table.push(cells.map((lines) => shortened(lines[at] ?? "")));
  }
  const more = rows.length - MOST_ROWS;
  return more > 0 ? `${table}\n… and ${more} more` : String(table);
}

function inert(line: Line): string {
  return stripControlChars(plainText(line));
}

function cut(lines: readonly string[]): readonly string[] {
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `… and ${more} more`] : lines;
}

function shortened(line: string): string {
  // Only what can be shown is looked at: a URL may be as long as an answer.
  const letters = [...line.slice(0, 2 * LONGEST_LINE)];
  return letters.length <= LONGEST_LINE ? line : `${letters.slice(0, LONGEST_LINE - 1).join("")}…`;
}

// A line between every two rows would halve what a screen can show.
const NO_LINES = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };
