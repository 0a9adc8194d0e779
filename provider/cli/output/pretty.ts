import type { Colors } from "picocolors/types";
import { type Block, type Line, plainText } from "./document";
import { stripControlChars } from "./stripControlChars";
import { tableText } from "./table";
import { wrapped } from "./text";

/** A report for a terminal of some width. Without a width nothing is shortened, so that a pipe loses nothing. */
export function prettyText(
  blocks: readonly Block[],
  paint: Colors,
  width = Number.POSITIVE_INFINITY,
): string {
  return blocks.map((block) => blockText(block, paint, width)).join("\n");
}

function blockText(block: Block, paint: Colors, width: number): string {
  if ("title" in block) return `\n${paint.bold(block.title)}`;
  if ("table" in block) {
    const { head, rows } = block.table;
    return tableText(head, rows, inert, width);
  }
  const paintLine = { strong: paint.bold, alarm: paint.red, none: String }[block.tone ?? "none"];
  return block.lines.flatMap((line) => wrapped(inert(line), width).map(paintLine)).join("\n");
}

function inert(line: Line): string {
  return stripControlChars(plainText(line));
}
