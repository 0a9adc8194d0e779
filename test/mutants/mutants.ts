import type { Mutant } from "./mutant";
import { processEnd } from "./promises/end";
import { firstWrite } from "./promises/firstWrite";
import { gate } from "./promises/gate";
import { journal } from "./promises/journal";
import { limits } from "./promises/limits";
import { oneRun } from "./promises/oneRun";
import { readBeforeWrite } from "./promises/readBeforeWrite";
import { types } from "./promises/types";
import { wire } from "./promises/wire";

/** Every guard that stands between a mistake and somebody's money, by the promise that it serves. */
export const promises: Readonly<Record<string, readonly Mutant[]>> = {
  "1. One gate": gate,
  "2. Look before every write": readBeforeWrite,
  "2. What an answer proves": wire,
  "3. One maker": journal,
  "3. One owner": oneRun,
  "4. First write alone, and proven": firstWrite,
  "5. Limits before harm": limits,
  "6. Types are what CAKE calls them": types,
  "7. Processes end, disks fail": processEnd,
};

export const mutants: readonly Mutant[] = Object.values(promises).flat();
