import { plural } from "../output/text";
import type { LintSummary } from "./report";

/** What is not a finding, and bounds what the report proves. */
interface Limitation {
  readonly level: "error" | "note";
  readonly text: string;
}

/** A stack may have thousands of secret URLs. JSON names all of them. */
const MAX_UNCHECKED = 20;

export function limitations({ uncheckedPostbacks, uncheckedRules, incomplete }: LintSummary): Limitation[] {
  const more = uncheckedPostbacks.length - MAX_UNCHECKED;
  const notes = [
    ...uncheckedPostbacks
      .slice(0, MAX_UNCHECKED)
      .map(({ name, source, why }) => `not checked: ${name} (${source}): ${why}`),
    ...(more > 0 ? [`not checked: ${more} more postbacks. --format json shows all.`] : []),
    ...uncheckedRules.map(
      ({ source, rules, postbacks, why }) =>
        `not checked: ${rules.join(", ")} for ${plural(postbacks, "postback")} of ${source}: ${why}`,
    ),
  ];
  return [
    ...notes.map((text) => ({ level: "note" as const, text })),
    ...incomplete.map((text) => ({ level: "error" as const, text: `incomplete: ${text}` })),
  ];
}
