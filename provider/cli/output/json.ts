import { OBEYED, RUNNER_COMMAND } from "./stripControlChars";

const IN_RUNNER_COMMAND = new RegExp(`(?:${RUNNER_COMMAND.source}).`, RUNNER_COMMAND.flags);

/** JSON that no terminal and no runner of a CI obeys; a parser reads the same values. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent)
    .replace(OBEYED, (character) => (character === "\n" ? "\n" : escaped(character)))
    .replace(IN_RUNNER_COMMAND, escaped);
}

function escaped(characters: string): string {
  return [...Array(characters.length).keys()]
    .map((index) => `\\u${characters.charCodeAt(index).toString(16).padStart(4, "0")}`)
    .join("");
}

/** An object whose members are made one after the other, while it is printed. */
export class LateObject {
  constructor(readonly members: () => Iterable<readonly [name: string, value: unknown]>) {}
}

/**
 * The text of {@link safeJson} in pieces, because a report may be longer than a text can be. A {@link LateObject} and a
 * list that is not an array are made while they are printed.
 */
export function* jsonPieces(value: unknown, depth = 0): Generator<string> {
  if (value instanceof LateObject) yield* memberPieces(value.members(), depth);
  else if (isGenerated(value)) yield* elementPieces(value, depth);
  else yield safeJson(value, 2).replaceAll("\n", lineStart(depth));
}

function* memberPieces(members: Iterable<readonly [string, unknown]>, depth: number): Generator<string> {
  let start = `{${lineStart(depth + 1)}`;
  for (const [name, value] of members) {
    if (value === undefined) continue;
    yield `${start}${safeJson(name)}: `;
    yield* jsonPieces(value, depth + 1);
    start = `,${lineStart(depth + 1)}`;
  }
  yield start.startsWith("{") ? "{}" : `${lineStart(depth)}}`;
}

function* elementPieces(elements: Iterable<unknown>, depth: number): Generator<string> {
  let start = `[${lineStart(depth + 1)}`;
  for (const element of elements) {
    yield start;
    yield* jsonPieces(element, depth + 1);
    start = `,${lineStart(depth + 1)}`;
  }
  yield start.startsWith("[") ? "[]" : `${lineStart(depth)}]`;
}

function isGenerated(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value && !Array.isArray(value);
}

function lineStart(depth: number): string {
  return `\n${"  ".repeat(depth)}`;
}
