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
