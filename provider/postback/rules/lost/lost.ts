import { tokenizeMacros, type UrlToken } from "../../macros";
import type { Edit } from "../../reading/edits";
import type { UrlFinding } from "../rule";

/** Something that was lost, and how to put it back if that is certain. */
export interface Lost extends UrlFinding {
  readonly edits?: readonly Edit[];
}

/** The pattern of a parameter's name. */
export const NAME = "[A-Za-z_][\\w.-]{0,39}";

export function holdsMacro(text: string): boolean {
  return text.includes("#") && tokenizeMacros(text).some(isMacro);
}

function isMacro({ macro }: UrlToken): boolean {
  return macro !== undefined;
}

// Shorter names are parts of many words.
const MIN_NAME = 6;

/** What a word may begin with: `status` in `statusapproved`. */
export function beginningsOf(word: string): string[] {
  const count = Math.max(0, word.length - MIN_NAME);
  return Array.from({ length: count }, (_, index) => word.slice(0, MIN_NAME + index));
}

/** What a word may end with: `currency` in `approvedcurrency`. */
export function endsOf(word: string): string[] {
  const count = Math.max(0, word.length - MIN_NAME + 1);
  return Array.from({ length: count }, (_, index) => word.slice(index));
}
