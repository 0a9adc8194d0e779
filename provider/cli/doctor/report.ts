import { type FittingSetting, fittingSettings, warnings } from "./advise";
import type { Facts } from "./facts";
import { couldLook, type Judgement, judge } from "./judge";
import type { WriteReport } from "./writes/report";

/** What the doctor has to say. `--json` prints it as it is; its shape is documented and keeps its meaning. */
export interface Report {
  readonly version: 1;
  readonly exitCode: ExitCode;
  readonly instance: string;
  readonly facts: Facts;
  readonly judgements: readonly Judgement[];
  readonly settings: readonly FittingSetting[];
  readonly warnings: readonly string[];
  readonly writes?: WriteReport;
}

/** What the doctor says where it could not begin. */
export interface Failure {
  readonly version: 1;
  readonly exitCode: typeof COULD_NOT_LOOK;
  readonly problem: string;
}

export const NOTHING_WRONG = 0;
export const SOMETHING_WRONG = 1;
export const COULD_NOT_LOOK = 2;
export type ExitCode = typeof NOTHING_WRONG | typeof SOMETHING_WRONG | typeof COULD_NOT_LOOK;

export function reportOn(
  facts: Facts,
  env: Readonly<Record<string, string | undefined>>,
  writes?: WriteReport,
): Report {
  const settled = writes?.refusal === undefined ? writes?.settled : undefined;
  const judgements = judge(facts, settled);
  return {
    version: 1,
    exitCode: exitCodeOf(facts, judgements, writes),
    instance: facts.instance,
    facts,
    judgements,
    settings: fittingSettings(facts, settled),
    warnings: warnings(facts, env),
    ...(writes === undefined ? {} : { writes }),
  };
}

function exitCodeOf(facts: Facts, judgements: readonly Judgement[], writes?: WriteReport): ExitCode {
  if (!couldLook(facts)) return COULD_NOT_LOOK;
  if (writes?.refusal !== undefined) return COULD_NOT_LOOK;
  const isWrong = judgements.some(({ verdict }) => verdict === "will not work");
  return isWrong || writes?.surprise !== undefined ? SOMETHING_WRONG : NOTHING_WRONG;
}

/** The same with every text made fit to be shown, wherever it stands. */
export function cleaned<T>(value: T, clean: (text: string) => string): T {
  const walk = (part: unknown): unknown => {
    if (typeof part === "string") return clean(part);
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, walk(inner)]));
  };
  return walk(value) as T;
}
