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
