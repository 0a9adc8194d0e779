import { createColors } from "picocolors";
import type { Colors } from "picocolors/types";

/**
 * The colours of standard output: on a terminal, and where `FORCE_COLOR` asks for them; never with `NO_COLOR`. A
 * terminal alone decides otherwise, in a pipeline of a CI as well, where what is printed goes to files and to other
 * commands.
 */
export const colors: Colors = createColors(areWanted(process.env));

function areWanted({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR) return false;
  return Boolean(FORCE_COLOR) || (process.stdout.isTTY === true && TERM !== "dumb");
}
