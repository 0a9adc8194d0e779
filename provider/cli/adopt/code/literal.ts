/**
 * The text as a string literal that reads back byte for byte, in the quotes that need fewer escapes. Whatever is not
 * plain ASCII is escaped: a reviewer sees no letter that only looks like another, and none that cannot be seen.
 */
export function literal(text: string): string {
  const quote = count(text, '"') > count(text, "'") ? "'" : '"';
  return `${quote}${escaped(text).replaceAll(quote, `\\${quote}`)}${quote}`;
}

/** The text as it stands between the backticks of a template literal. */
export function inTemplate(text: string): string {
  return escaped(text).replace(/`|\$(?=\{|$)/g, (letter) => `\\${letter}`);
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replace(/[^\x20-\x7e]/g, (unit) => {
    const hex = unit.charCodeAt(0).toString(16).padStart(4, "0");
    return NAMED.get(unit) ?? `\\u${hex}`;
  });
}

const NAMED = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}
