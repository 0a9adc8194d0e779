import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { decodeText } from "../../csv/decode";
import { CodedError } from "../../message";
import { maskText } from "../../postback/secrets";

/** Reads a file, or standard input where none is named, and parses it. What is wrong with it begins with its name. */
export async function readFrom<T>(
  file: string | undefined,
  example: string,
  parse: (text: string, name: string) => T,
): Promise<T> {
  const text = await readText(file, example);
  const name = nameOfInput(file);
  try {
    return parse(text, name);
  } catch (error) {
    // A message under a code names the file itself.
    if (error instanceof CodedError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(message.startsWith(name) ? message : `${name}: ${message}`);
  }
}

/** The text of a file, or of standard input where none is named. Throws a message for people. */
async function readText(file: string | undefined, example: string): Promise<string> {
  if (!isStandardInput(file)) return readFile(file);
  if (process.stdin.isTTY) throw new Error(`Nothing to read: ${example}`);
  return decodeText(await buffer(process.stdin));
}

export function readFile(file: string): string {
  try {
    return decodeText(readFileSync(file));
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new Error(`${maskText(file)} cannot be read (${reason}).`);
  }
}

/** What messages call a file that an argument names. */
function nameOfInput(file: string | undefined): string {
  return isStandardInput(file) ? "standard input" : file;
}

export function isStandardInput(file: string | undefined): file is "-" | undefined {
  return file === undefined || file === "-";
}

/** The JSON that a Pulumi command printed. Of one that is none no part is quoted: it may hold secrets. */
export function parseJson(
  text: string,
  noun: "preview" | "export",
  refusal: (why: string) => Error,
): unknown {
  if (text.trim() === "") throw refusal(`it is empty. Did the ${noun} fail?`);
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(`it is not JSON. Was the ${noun} cut off, did it fail, or do two stand in one text?`);
  }
}
