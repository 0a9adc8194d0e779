import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

/** The text of a file, or of standard input where none is named. Throws a message for people. */
export async function readText(file: string | undefined, example: string): Promise<string> {
  if (file !== undefined && file !== "-") return readFile(file);
  if (process.stdin.isTTY) throw new Error(`Nothing to read: ${example}`);
  return text(process.stdin);
}

export function readFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new Error(`${file} cannot be read (${reason}).`);
  }
}
