import type { LintReport } from "./report";

/** What is not a finding, and bounds what the report proves. */
export function remarks({ notJudged, notChecked, incomplete }: LintReport): {
  readonly level: "error" | "note";
  readonly text: string;
}[] {
  return [
    ...notJudged.map(({ name, source, why }) => note(`not judged: ${name} (${source}): ${why}`)),
    ...notChecked.map(({ source, rules, postbacks, why }) =>
      note(`not checked: ${rules.join(", ")} for ${counted(postbacks, "postback")} of ${source}: ${why}`),
    ),
    ...incomplete.map((text) => ({ level: "error" as const, text: `incomplete: ${text}` })),
  ];
}

function note(text: string): { readonly level: "note"; readonly text: string } {
  return { level: "note", text };
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
