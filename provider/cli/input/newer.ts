import { FORMATS, newerVersionOf } from "../../formats/formats";
import { messages } from "../../formats/messages";
import { CodedError } from "../../message";
import { maskText } from "../../postback/secrets";

/** Refuses a file of this package that a newer version wrote. */
export function refuseNewer(
  format: Parameters<typeof newerVersionOf>[0],
  content: unknown,
  file: string,
): void {
  const version = newerVersionOf(format, content);
  if (version === undefined) return;
  throw new CodedError(messages.newer(`the file ${maskText(file)}`, version, FORMATS[format]));
}
