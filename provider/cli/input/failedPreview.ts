import { CodedError } from "../../message";
import { maskText } from "../../postback/secrets";
import { stripControlChars } from "../output/stripControlChars";
import { shortened } from "../output/text";
import { messages } from "./messages";

const MAX_ERRORS = 10;
const MAX_LINES = 12;
const MAX_LINE = 400;

/** An error that Pulumi reported, of one resource or of the program. */
interface Diagnostic {
  readonly urn?: string | undefined;
  readonly message: string;
}

/** The error for a preview that failed. A program may print anything, so each of its errors is masked and shortened. */
export function failedPreview(errors: readonly Diagnostic[], listsPostbacks: boolean): Error {
  const isOfResource = listsPostbacks || errors.some(({ urn }) => urn !== undefined);
  const more = errors.length - MAX_ERRORS;
  const lines = [
    ...errors.slice(0, MAX_ERRORS).flatMap(({ message }) => linesOf(message)),
    ...(more > 0 ? [`and ${more} more errors`] : []),
  ];
  const text = lines.map((line) => `\n${line}`).join("");
  return new CodedError(isOfResource ? messages.previewFailed(text) : messages.previewFailedEarly(text));
}

function linesOf(error: string): string[] {
  // Where in Node.js a program failed helps nobody.
  const lines = error.split("\n").filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
  const shown = lines
    .slice(0, MAX_LINES)
    .map((line) => `  ${shortened(stripControlChars(maskText(line)), MAX_LINE)}`);
  return lines.length > MAX_LINES ? [...shown, `  and ${lines.length - MAX_LINES} more lines`] : shown;
}
