import { plural } from "../output/text";
import type { LintReport } from "./report";

/** What is not a finding, and bounds what the report proves. */
interface Limitation {
  readonly level: "error" | "note";
  readonly text: string;
}

export function limitations({ uncheckedPostbacks, uncheckedRules, incomplete }: LintReport): Limitation[] {
  const notes = [
    ...uncheckedPostbacks.map(({ name, source, why }) => `not checked: ${name} (${source}): ${why}`),
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
