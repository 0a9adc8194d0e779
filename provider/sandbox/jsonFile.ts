import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { decodeText } from "../files/decode";
import { CodedError } from "../message";
import { maskText } from "../postback/secrets";
import { messages } from "./messages";

/**
 * Reads a JSON file that must match a schema. Throws a message about the first place that does not.
 *
 * @param refuse Sees the content first, and throws for what is none of the schema's business.
 */
export async function readJsonFile<T>(
  file: string,
  kind: Parameters<typeof messages.fileInvalid>[1],
  schema: v.GenericSchema<unknown, T>,
  refuse: (content: unknown) => void = () => {},
): Promise<T> {
  const content = await readFile(file).then(decodeText, (cause: Error) => {
    throw new CodedError(messages.fileUnreadable(file, cause.message), { cause });
  });
  const invalid = (problem: string, cause?: unknown) =>
    new CodedError(messages.fileInvalid(file, kind, problem), { cause });
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (cause) {
    throw invalid("it is not JSON", cause);
  }
  refuse(json);
  const reading = v.safeParse(schema, json);
  if (!reading.success) throw invalid(problemOf(reading.issues[0]));
  return reading.output;
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue) ?? "the content";
  if (issue.type === "strict_object" && issue.expected === "never") return `${place} is not an option`;
  if (issue.received === "undefined") return `${place} is missing`;
  const expected = issue.expected?.replace(/[()]/g, "").replaceAll(" | ", " or ");
  return `${place} must be ${expected}, found ${maskText(issue.received)}`;
}
