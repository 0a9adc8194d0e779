import { spellOut } from "../output/text";

interface About {
  readonly meaning: string;
  /** `alarm`: it fails a run by default. `notice`: somebody should check it. `fact`: nothing is wrong. */
  readonly level: "alarm" | "notice" | "fact";
  /** Without stacks to compare with, it says nothing. */
  readonly needsStacks?: true;
  /** Without a check of the partners' hosts, it says nothing. What CAKE does not call has none of these. */
  readonly needsHosts?: true;
}

/**
 * What can be said of a postback, the most urgent first. These are the words of every format: JSON has them in
 * camelCase, options in kebab-case, texts for people with blanks.
 */
const CONDITIONS = {
  lostHost: {
    level: "alarm",
    needsHosts: true,
    meaning:
      "it is active, and its host name does not exist in DNS. Who registers a lost domain receives the click IDs",
  },
  badCertificate: {
    level: "alarm",
    needsHosts: true,
    meaning:
      "it is active, and the certificate of its host is expired, not yet valid, for another host or untrusted",
  },
  expiringCertificate: {
    level: "notice",
    needsHosts: true,
    meaning: "it is active, and the certificate of its host ends within 30 days",
  },
  noCertificate: {
    level: "alarm",
    needsHosts: true,
    meaning: "it is active, its URL begins with https, and its host answers without TLS",
  },
  firesTwice: {
    level: "alarm",
    meaning: "another active postback of the same affiliate and offer fires for the same conversion (P20)",
  },
  missing: {
    level: "alarm",
    needsStacks: true,
    meaning: "a state has it, and the complete list of CAKE does not",
  },
  managedTwice: {
    level: "alarm",
    needsStacks: true,
    meaning: "two or more resources manage it, so each undoes the changes of the other",
  },
  drifted: {
    level: "alarm",
    needsStacks: true,
    meaning: "CAKE differs from the state. The report shows each part as state → CAKE",
  },
  ruleError: { level: "alarm", meaning: "it is active, and a [rule](rules.md) finds an error" },
  unmanaged: {
    level: "notice",
    needsStacks: true,
    meaning: "CAKE has it, and none of the given stacks manages it",
  },
  privateHost: {
    level: "notice",
    needsHosts: true,
    meaning: "it is active, and CAKE cannot reach its host: all addresses of the host are private",
  },
  unreachedHost: {
    level: "notice",
    needsHosts: true,
    meaning: "it is active, and this machine did not reach its host. That proves nothing about the domain",
  },
  plainSecret: {
    level: "notice",
    meaning: "its URL holds a secret, and no program keeps the URL secret (P16). The report masks it",
  },
  ruleWarning: { level: "notice", meaning: "it is active, and a rule finds a warning" },
  notCompared: {
    level: "notice",
    needsStacks: true,
    meaning: "its URL is unknown, so it was not compared. Export the stack with `--show-secrets`",
  },
  notSeen: {
    level: "notice",
    needsStacks: true,
    meaning: "a state has it, and CAKE did not show it, but the list may be incomplete",
  },
  uncheckedHost: {
    level: "fact",
    needsHosts: true,
    meaning: "it is active, and its host was not checked, or only its name",
  },
  inactive: { level: "fact", meaning: "CAKE does not call it for conversions" },
  managed: { level: "fact", needsStacks: true, meaning: "a resource of a given stack manages it" },
} as const satisfies Record<string, About>;

export type Condition = keyof typeof CONDITIONS;

/** What the check of a host can find. */
export type HostCondition =
  | "lostHost"
  | "badCertificate"
  | "expiringCertificate"
  | "noCertificate"
  | "privateHost"
  | "unreachedHost"
  | "uncheckedHost";

/** In the order of their weight. */
export const ALL_CONDITIONS = Object.keys(CONDITIONS) as Condition[];

/** Whether a report can say that the condition holds. */
export function isJudged(
  condition: Condition,
  { stacks, hosts }: { readonly stacks: readonly unknown[]; readonly hosts: readonly unknown[] | null },
): boolean {
  const { needsStacks, needsHosts } = about(condition);
  return (stacks.length > 0 || !needsStacks) && (hosts !== null || !needsHosts);
}

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
