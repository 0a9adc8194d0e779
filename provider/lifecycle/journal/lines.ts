import { attempt } from "../attempt";

/** A line of a file of the journal. */
export function formatLine(content: object): string {
  return `${JSON.stringify(content)}\n`;
}

/** What a line holds; undefined where a crash cut it short. */
export function parseLine(text: string): unknown {
  return attempt(() => JSON.parse(text));
}
