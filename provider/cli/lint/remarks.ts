import { plural } from "../output/text";
import type { LintReport } from "./report";

/** What is not a finding, and bounds what the report proves. */
interface Remark {
  readonly level: "error" | "note";
  readonly text: string;
}

export function remarks({ notJudged, notChecked, incomplete }: LintReport): Remark[] {
  const notes = [
    ...notJudged.map(({ name, source, why }) => `not judged: ${name} (${source}): ${why}`),
    ...notChecked.map(
      ({ source, rules, postbacks, why }) =>
        `not checked: ${rules.join(", ")} for ${plural(postbacks, "postback")} of ${source}: ${why}`,
    ),
  ];
  return [
    ...notes.map((text) => ({ level: "note" as const, text })),
    ...incomplete.map((text) => ({ level: "error" as const, text: `incomplete: ${text}` })),
  ];
}
