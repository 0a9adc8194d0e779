import { spellOut } from "../output/text";

interface About {
  readonly meaning: string;
  /** `alarm`: it fails a run by default. `notice`: somebody should look at it. `fact`: nothing is wrong. */
  readonly level: "alarm" | "notice" | "fact";
  /** Without stacks to compare with, it says nothing. */
  readonly needsStacks?: true;
}

/**
 * What can be said of a postback, the most urgent first. These are the words of every format: JSON has them in
 * camelCase, options in kebab-case, texts for people with blanks.
 */
const CONDITIONS = {
  firesTwice: {
    level: "alarm",
    meaning: "it fires beside another active one for the same affiliate and offer (P20)",
  },
  missing: {
    level: "alarm",
    needsStacks: true,
    meaning: "a state has it, and CAKE provably does not list it",
  },
  managedTwice: {
    level: "alarm",
    needsStacks: true,
    meaning: "several resources manage it: the next change of one undoes the other's",
  },
  drifted: {
    level: "alarm",
    needsStacks: true,
    meaning: "CAKE differs from the state: the report names the parts, from the state's value to CAKE's",
  },
  ruleError: { level: "alarm", meaning: "it is active, and a [rule](rules.md) finds an error in it" },
  unmanaged: {
    level: "notice",
    needsStacks: true,
    meaning: "CAKE has it, and none of the given stacks manages it",
  },
  plainSecret: {
    level: "notice",
    meaning:
      "a value that partners take for a secret stands in a URL that no program keeps secret (P16). It is masked here",
  },
  ruleWarning: { level: "notice", meaning: "it is active, and a rule warns about it" },
  notCompared: {
    level: "notice",
    needsStacks: true,
    meaning: "the state or the source does not show its URL: export with `--show-secrets` to compare it",
  },
  notSeen: {
    level: "notice",
    needsStacks: true,
    meaning: "a state has it, and an incomplete list does not show it",
  },
  inactive: { level: "fact", meaning: "CAKE does not call it" },
  managed: { level: "fact", needsStacks: true, meaning: "a resource of one of the stacks manages it" },
} as const satisfies Record<string, About>;

export type Condition = keyof typeof CONDITIONS;

/** In the order of their weight. */
export const ALL_CONDITIONS = Object.keys(CONDITIONS) as Condition[];

export function about(condition: Condition): About {
  return CONDITIONS[condition];
}

/** The word for people: `fires twice`. */
export function label(condition: Condition): string {
  return spellOut(condition);
}

/** The word of an option: `fires-twice`. */
export function optionWord(condition: Condition): string {
  return label(condition).replaceAll(" ", "-");
}

/** What ends the command with 1 by default. */
export function usualFailures(hasStacks: boolean): Condition[] {
  return ALL_CONDITIONS.filter((one) => about(one).level === "alarm" || (one === "unmanaged" && hasStacks));
}
