import { maskText } from "../../postback/secrets";
import { stripControlChars } from "../output/stripControlChars";
import { shortened } from "../output/text";

const MAX_ERRORS = 10;
const MAX_LINES = 12;
const MAX_LINE = 400;

/** An error that Pulumi reported, of one resource or of the program. */
interface Diagnostic {
  readonly urn?: string | undefined;
  readonly message: string;
}

/** What to tell people of a preview that failed. A program may print anything, so no error of it is quoted as it is. */
export function failedPreview(errors: readonly Diagnostic[], listsPostbacks: boolean): Error {
  const isOfResource = listsPostbacks || errors.some(({ urn }) => urn !== undefined);
  const why = isOfResource
    ? "The preview failed, so it does not show the whole change:"
    : "The preview failed before it reached a postback. The program may not compile, or it ended with an error:";
  const more = errors.length - MAX_ERRORS;
  return new Error(
    [
      why,
      ...errors.slice(0, MAX_ERRORS).flatMap(({ message }) => linesOf(message)),
      ...(more > 0 ? [`and ${more} more errors`] : []),
    ].join("\n"),
  );
}

function linesOf(error: string): string[] {
  // Where in Node.js a program failed helps nobody.
  const lines = error.split("\n").filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
  const shown = lines
    .slice(0, MAX_LINES)
    .map((line) => `  ${shortened(stripControlChars(maskText(line)), MAX_LINE)}`);
  return lines.length > MAX_LINES ? [...shown, `  and ${lines.length - MAX_LINES} more lines`] : shown;
}
