import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

/** The text of a file, or of standard input where none is named. Throws a message for people. */
export async function textOf(file: string | undefined, example: string): Promise<string> {
  if (file !== undefined && file !== "-") return fileText(file);
  if (process.stdin.isTTY) throw new Error(`Nothing to read: ${example}`);
  return text(process.stdin);
}

export function fileText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new Error(`${file} cannot be read (${reason}).`);
  }
}

/** JSON without a character that a terminal could obey; a parser reads the same values. */
export function safeJson(value: unknown, indent?: number): string {
  const escaped = (character: string) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
      .join("");
  const json = JSON.stringify(value, undefined, indent);
  return json.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    character === "\n" ? "\n" : escaped(character),
  );
}
