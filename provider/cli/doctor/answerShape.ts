import type { HttpOutcome } from "../../http/transport";

/** A path that no server has: it shows how this one answers for a missing path. */
export const MISSING_PATH = "/api/2/pulumi_cake_doctor_no_such_endpoint.json";

// Times, and numbers of requests.
const COUNTED = /\b[\da-f-]{8,}\b|\d+/gi;

/** An answer apart from what repeats the path, to compare with that of another path; undefined if no answer came. */
export function answerShape(outcome: HttpOutcome, path: string): string | undefined {
  if (outcome.kind !== "answer") return undefined;
  const { status, text } = outcome;
  // A web page repeats the path, the time, the number of the request: only that it is a page means something.
  if (/^\s*</.test(text)) return `${status} page`;
  return `${status} ${withoutPath(text, path).replace(COUNTED, "#").trim()}`;
}

function withoutPath(text: string, path: string): string {
  const file = path.split("/").at(-1) ?? path;
  const noun = file.replace(/\.\w+$/, "");
  return [path, encodeURIComponent(path), file, noun].reduce((rest, name) => rest.replaceAll(name, ""), text);
}
