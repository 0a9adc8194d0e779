import type { Line } from "./document";
import { cellWidth, shortenedInside, wrapped } from "./text";

// More fills the screen.
const MAX_ROWS = 40;
const MAX_LINES = 8;
const GAP = "  ";
// A longer cell is not worth that all others of its column are padded.
const MAX_PADDED = 80;
// With fewer characters a host or a URL says nothing.
const LEAST_URL = 20;

interface Column {
  readonly at: number;
  readonly heading: string;
  readonly width: number;
  /** Its cells are made of words, and read as well below the row. */
  readonly isProse: boolean;
}

/**
 * A table that is no wider than the terminal. What does not fit beside the other columns stands below its row, the
 * columns of words first; hosts and URLs are shortened last, in the middle, so that both ends are seen.
 */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly (readonly Line[])[])[],
  textOf: (line: Line) => string,
  width: number,
): string {
  const cells = rows.slice(0, MAX_ROWS).map((row) => row.map((lines) => cut(lines.map(textOf))));
  const columns = head.map((heading, at) => columnOf(heading, at, cells));
  const inRow = fitting(columns, width);
  const below = columns.filter(({ at }) => inRow.every((one) => one.at !== at));
  const more = rows.length - MAX_ROWS;
  return [
    side(inRow, ({ heading }) => heading),
    side(inRow, (column) => "─".repeat(column.width)),
    ...cells.flatMap((row) => [...besideLines(row, inRow, width), ...belowLines(row, below, width)]),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ].join("\n");
}

function columnOf(heading: string, at: number, rows: readonly (readonly string[])[][]): Column {
  const lines = rows.flatMap((row) => row[at] ?? []);
  const width = lines.reduce((most, line) => Math.max(most, cellWidth(line)), cellWidth(heading));
  return { at, heading, width, isProse: at > 0 && lines.some((line) => line.includes(" ")) };
}

/** The columns that stand beside each other, with the widths at which they fit. */
function fitting(all: readonly Column[], width: number): Column[] {
  if (width === Number.POSITIVE_INFINITY)
    return all.map((one) => ({ ...one, width: Math.min(one.width, MAX_PADDED) }));
  const columns = [...all];
  while (sum(columns) > width && columns.some(({ isProse }) => isProse))
    columns.splice(
      columns.findLastIndex(({ isProse }) => isProse),
      1,
    );
  while (sum(shrunk(columns, width, LEAST_URL)) > width && columns.length > 2) columns.pop();
  return shrunk(shrunk(columns, width, LEAST_URL), width, 1);
}

function shrunk(columns: readonly Column[], width: number, least: number): Column[] {
  const widths = columns.map((column) => column.width);
  for (let over = sum(columns) - width; over > 0; over--) {
    const widest = Math.max(...widths);
    if (widest <= least) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return columns.map((column, index) => ({ ...column, width: widths[index] ?? column.width }));
}

function sum(columns: readonly Column[]): number {
  return columns.reduce((total, column) => total + GAP.length + column.width, -GAP.length);
}

function besideLines(row: readonly (readonly string[])[], columns: readonly Column[], width: number) {
  const height = Math.max(1, ...columns.map(({ at }) => row[at]?.length ?? 0));
  const isCut = width !== Number.POSITIVE_INFINITY;
  return [...Array(height).keys()].map((index) =>
    side(columns, (column) => {
      const text = row[column.at]?.[index] ?? "";
      return isCut ? shortenedInside(text, column.width) : text;
    }),
  );
}

function side(columns: readonly Column[], textOf: (column: Column) => string): string {
  const texts = columns.map((column) => {
    const text = textOf(column);
    return text + " ".repeat(Math.max(0, column.width - cellWidth(text)));
  });
  return texts.join(GAP).trimEnd();
}

/** What stands below a row: each text on lines of its own, and short values together. */
function belowLines(
  row: readonly (readonly string[])[],
  columns: readonly Column[],
  width: number,
): string[] {
  const told = columns.filter(({ at }) => row[at]?.some((line) => line !== ""));
  const textOf = ({ at, heading }: Column) => `${heading}: ${row[at]?.join(", ")}`;
  const values = told.filter(({ isProse }) => !isProse).map(textOf);
  const texts = told.filter(({ isProse }) => isProse).map(textOf);
  const room = Math.max(1, width - 2 * GAP.length);
  return [...(values.length > 0 ? [values.join(", ")] : []), ...texts].flatMap((text) => {
    const words = text.split(" ").map((word) => shortenedInside(word, room));
    return wrapped(words.join(" "), room).map((line, index) => `${GAP}${index > 0 ? GAP : ""}${line}`);
  });
}

function cut(lines: readonly string[]): readonly string[] {
  const more = lines.length - MAX_LINES;
  return more > 0 ? [...lines.slice(0, MAX_LINES), `… and ${more} more`] : lines;
}
