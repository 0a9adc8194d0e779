import type { Block, Line, Table } from "./document";
import { stripControlChars } from "./stripControlChars";

// Longer ones would leave no room for others; they are cut, and say so.
const LONGEST_TEXT = 600;

/**
 * A text from outside as a code span, in which nothing is a link, a mention, HTML or an emoji: its fence is longer than
 * any run of backticks inside.
 */
export function code(text: string): string {
  const harmless = shortened(stripControlChars(text));
  const longest = Math.max(0, ...(harmless.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence} ${harmless === "" ? "(empty)" : harmless} ${fence}`;
}

function shortened(text: string): string {
  const letters = [...text];
  return letters.length <= LONGEST_TEXT
    ? text
    : `${letters.slice(0, LONGEST_TEXT).join("")}… (${letters.length} characters)`;
}

/** Our own words, in which the name of a parameter or a macro may stand: nothing in them may be taken for Markdown. */
export function plain(text: string): string {
  return stripControlChars(text)
    .replace(/[\\`*_{}[\]<>()#+!|@~:&]/g, (letter) => `\\${letter}`)
    .replaceAll("\\&", "&amp;");
}

/**
 * A text from outside as a block of code, line by line: four spaces make code of a line, and nothing in the line can end
 * that. Lines that do not fit are counted.
 */
export function codeBlock(text: string, maxBytes: number): string {
  const lines = text.split("\n").map((line) => `    ${shortened(stripControlChars(line))}`);
  let [shown, size] = [0, 0];
  for (const line of lines) {
    size += Buffer.byteLength(line) + 1;
    if (size > maxBytes) break;
    shown += 1;
  }
  const more = lines.length - shown;
  return [...lines.slice(0, shown), ...(more > 0 ? ["", `${more} more lines are not shown.`] : [])].join(
    "\n",
  );
}

// A page that nobody scrolls through.
const MOST_ROWS = 200;

/** A report as Markdown, in which no text from outside is a link, a mention or HTML. */
export function markdownText(blocks: readonly Block[]): string {
  return blocks.map((block) => `${blockText(block)}\n`).join("\n");
}

function blockText(block: Block): string {
  if ("title" in block) return `## ${plain(block.title)}`;
  if ("table" in block) return tableText(block.table);
  const around = block.tone === undefined ? "" : "**";
  return block.lines.map((line) => `- ${around}${lineText(line, code)}${around}`).join("\n");
}

function tableText({ head, rows }: Table): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const more = rows.length - MOST_ROWS;
  return [
    row(head.map(plain)),
    row(head.map(() => "---")),
    ...rows
      .slice(0, MOST_ROWS)
      .map((cells) => row(cells.map((lines) => lines.map((line) => lineText(line, cellCode)).join(", ")))),
    ...(more > 0 ? ["", `… and ${more} more`] : []),
  ].join("\n");
}

function lineText(line: Line, quote: (text: string) => string): string {
  return line.map((part) => (typeof part === "string" ? plain(part) : quote(part.quoted))).join("");
}

// A bar ends a cell even inside a code span, unless a backslash stands before it; of two, the second is one itself.
function cellCode(text: string): string {
  return code(text.replace(/(?<!\\)\\+(?=\|)/g, "\uFFFD")).replaceAll("|", "\\|");
}
