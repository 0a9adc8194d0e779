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
