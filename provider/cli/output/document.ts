/** Our own words, and among them texts from outside, which no output may take for more than text. */
export type Line = readonly (string | { readonly quoted: string })[];

/** Rows of cells; a cell is a list of lines. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (readonly Line[])[])[];
}

/** A part of a report, which every format for people shows in its own way. */
export type Block =
  | { readonly title: string }
  | { readonly lines: readonly Line[]; readonly tone?: "strong" | "alarm" }
  | { readonly table: Table };

/** A line in which every text that is put in is quoted: say`${file} cannot be read`. */
export function say(words: TemplateStringsArray, ...values: readonly (string | number | Line)[]): Line {
  return words.flatMap((word, index) => {
    const value = values[index];
    if (value === undefined) return [word];
    if (typeof value === "number") return [`${word}${value}`];
    return typeof value === "string" ? [word, { quoted: value }] : [word, ...value];
  });
}

/** Lines as one, with the same words between every two of them. */
export function joined(lines: readonly Line[], between: string): Line {
  return lines.flatMap((line, index) => (index === 0 ? line : [between, ...line]));
}

/** A line without any marks. */
export function plainText(line: Line): string {
  return line.map((part) => (typeof part === "string" ? part : part.quoted)).join("");
}
