import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { decodeText } from "../../files/decode";
import { CodedError, type Message } from "../../message";
import { maskText } from "../../postback/secrets";
import { messages, reasons } from "./messages";

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
    // A message about a CSV names the file itself.
    if (!(error instanceof CodedError) || error.code === "csv-invalid") throw error;
    const { code, text: said, happened, means, next } = error;
    const place = `${maskText(name)}: `;
    throw new CodedError(
      { code, text: place + said, happened: place + happened, means, next },
      { cause: error },
    );
  }
}

/** The text of a file, or of standard input where none is named. Throws a message for people. */
async function readText(file: string | undefined, example: string): Promise<string> {
  if (!isStandardInput(file)) return readFile(file);
  if (process.stdin.isTTY) throw new CodedError(messages.inputMissing(example));
  return decodeText(await buffer(process.stdin));
}

export function readFile(file: string): string {
  try {
    return decodeText(readFileSync(file));
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new CodedError(messages.fileUnreadable(maskText(file), reason));
  }
}

/** What messages call a file that an argument names. */
function nameOfInput(file: string | undefined): string {
  return isStandardInput(file) ? "standard input" : file;
}

export function isStandardInput(file: string | undefined): file is "-" | undefined {
  return file === undefined || file === "-";
}

/** The JSON that a Pulumi command printed. No part of other text is quoted: it may hold secrets. */
export function parseJson(
  text: string,
  noun: "preview" | "export",
  toMessage: (why: string) => Message,
): unknown {
  if (text.trim() === "") throw new CodedError(toMessage(reasons.empty(noun)));
  try {
    return JSON.parse(text);
  } catch {
    throw new CodedError(toMessage(reasons.notJson(noun)));
  }
}
