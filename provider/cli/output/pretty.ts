import CliTable from "cli-table3";
import type { Colors } from "picocolors/types";
import { type Block, type Line, plainText, type Table } from "./document";
import { stripControlChars } from "./stripControlChars";
import { shortened } from "./text";

// More fills the screen.
const MOST_ROWS = 40;
const MOST_LINES = 8;
// A longer line of a cell would break every line of the table.
const LONGEST_LINE = 80;

/** A report for a terminal of some width. */
export function prettyText(
  blocks: readonly Block[],
  paint: Colors,
  width = Number.POSITIVE_INFINITY,
): string {
  return blocks.map((block) => blockText(block, paint, width)).join("\n");
}

function blockText(block: Block, paint: Colors, width: number): string {
  if ("title" in block) return `\n${paint.bold(block.title)}`;
  if ("table" in block) return tableText(block.table, width);
  const paintLine = { strong: paint.bold, alarm: paint.red, none: String }[block.tone ?? "none"];
  return block.lines.map((line) => paintLine(inert(line))).join("\n");
}

/** A table with lines around it; its first rows, and how many more there are. */
function tableText({ head, rows }: Table, width: number): string {
  const lines = rows.slice(0, MOST_ROWS).flatMap((row) => {
    const cells = row.map((cell) => cut(cell.map(inert)));
    // Each line is a row of its own: for the lines of one cell the library takes time by the third power of their number.
    const height = Math.max(1, ...cells.map(({ length }) => length));
    return [...Array(height).keys()].map((at) =>
      cells.map((cell) => shortened(cell[at] ?? "", LONGEST_LINE)),
    );
  });
  const widths = fitting(
    head.map((name, at) => Math.max(name.length, ...lines.map((line) => line[at]?.length ?? 0))),
    width,
  );
  const fitted = (line: readonly string[]) =>
    line.map((cell, at) => shortened(cell, widths[at] ?? LONGEST_LINE));
  const table = new CliTable({ head: fitted(head), style: { head: [], border: [] }, chars: NO_LINES });
  table.push(...lines.map(fitted));
  const more = rows.length - MOST_ROWS;
  return more > 0 ? `${table}\n… and ${more} more` : String(table);
}

// The widest columns give way first; below that width a cell says nothing.
const NARROWEST = 12;

/** The widths of the columns with which a table fits, as far as it can. */
function fitting(wanted: readonly number[], width: number): number[] {
  const widths = [...wanted];
  const borders = 3 * widths.length + 1;
  for (let over = widths.reduce((sum, one) => sum + one, borders) - width; over > 0; over--) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function inert(line: Line): string {
  return stripControlChars(plainText(line));
}

function cut(lines: readonly string[]): readonly string[] {
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `… and ${more} more`] : lines;
}

// A line between every two rows would halve what a screen can show.
const NO_LINES = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };
