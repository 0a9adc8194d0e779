import type { Source } from "../input/live/source";
import { stripControlChars } from "../output/stripControlChars";
import type { Plan } from "./plan";

// A list that fills the screen hides what to do about it.
const MOST = 10;

/** What was found, and what is to be written. */
export function planText(source: Source, plan: Plan): string {
  const { selected, managed, elsewhere, unadoptable, declared, imports } = plan;
  const calls = source.calls === 1 ? "1 call" : `${source.calls} calls`;
  const pending = imports.length - declared;
  return [
    `${source.instance}: ${source.rows.length} postbacks in CAKE's list (${calls}, none of them a write).`,
    ...source.flaws.map((flaw) => `Not all postbacks may have been seen: ${flaw}.`),
    [
      `${selected} selected`,
      `${managed} managed by this stack already`,
      ...(elsewhere > 0 ? [`${elsewhere} managed by another stack`] : []),
      `${declared} to adopt`,
      ...(pending > 0 ? [`${pending} in the code already, and not in the state`] : []),
      ...(unadoptable.length > 0 ? [`${unadoptable.length} that cannot be declared`] : []),
    ].join(", "),
    ...some(unadoptable.map(({ postbackId, why }) => `  postback ${postbackId}: ${why}`)),
  ]
    .map(stripControlChars)
    .join("\n");
}

/** Nothing is missing: neither in the code nor in the state. */
export const NOTHING_TO_DO = "Nothing to adopt. Nothing was written.";

export function writtenText(files: readonly string[]): string {
  if (files.length === 0) return "The code is as it was.";
  return ["Written:", ...some(files.map((file) => `  ${file}`))].map(stripControlChars).join("\n");
}

/** What is left to do by hand where --apply was not given. */
export function nextSteps(steps: readonly string[]): string {
  return ["Next:", ...steps.map((step) => `  ${step}`)].join("\n");
}

export function verifiedText(imported: number): string {
  return `Imported ${imported} postbacks. A preview shows no change. They are protected: see the comment in the code.`;
}

/**
 * A preview that would change something: by Pulumi's words, how much of what.
 *
 * @param flag What a Pulumi command needs to mean this stack.
 */
export function changesText(
  imported: number,
  changes: Readonly<Record<string, number>>,
  flag: string,
): string {
  const counts = Object.entries(changes).map(([what, count]) => `${count} ${what}`);
  return stripControlChars(
    `Imported ${imported} postbacks, and a preview shows changes: ${counts.join(", ")}. Look at them with "pulumi preview --diff${flag}" before the next up; nothing was written to CAKE. They may be of other resources, or somebody changed a postback in CAKE meanwhile.`,
  );
}

function some(lines: readonly string[]): string[] {
  const rest = lines.length - MOST;
  return rest > 0 ? [...lines.slice(0, MOST), `  … and ${rest} more`] : [...lines];
}
