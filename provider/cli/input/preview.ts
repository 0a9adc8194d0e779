import * as v from "valibot";
import { TYPE_TOKEN } from "../../postback/postback";

const properties = v.record(v.string(), v.unknown());
const resourceState = v.object({
  id: v.optional(v.string()),
  type: v.string(),
  inputs: v.optional(properties, {}),
  outputs: v.optional(properties, {}),
});

const step = v.object({
  op: v.string(),
  urn: v.string(),
  oldState: v.optional(resourceState),
  newState: v.optional(resourceState),
  detailedDiff: v.nullish(properties),
});

const digest = v.object({
  steps: v.array(step),
  config: v.nullish(v.record(v.string(), v.unknown())),
  diagnostics: v.nullish(v.array(v.object({ severity: v.optional(v.string()) })), []),
});

/** One step of `pulumi preview --json` that concerns an AffiliatePostback. */
export type PostbackStep = v.InferOutput<typeof step>;

/** What of a preview concerns this package. */
export interface Preview {
  readonly steps: readonly PostbackStep[];
  /** The JSON text of `cake:rules` of the stack, where it has one. */
  readonly rules: string | undefined;
}

/** Reads a `pulumi preview --json`. Throws a message for people if the text is none, or of a preview that failed. */
export function parsePreview(text: string): Preview {
  const parsed = v.safeParse(digest, jsonOf(text));
  if (!parsed.success)
    throw new Error('This is not the output of "pulumi preview --json": it holds no list of steps.');
  const { steps, config, diagnostics } = parsed.output;
  // It stops where it fails, so what it lists is not all that would change.
  if (diagnostics?.some(({ severity }) => severity === "error"))
    throw new Error("The preview failed, so what it holds is not the whole change. Its errors say why.");
  const rules = config?.["cake:rules"];
  return {
    steps: steps.filter(({ oldState, newState }) => (newState ?? oldState)?.type === TYPE_TOKEN),
    rules: typeof rules === "string" ? rules : undefined,
  };
}

/** The postback steps of a `pulumi preview --json`, see {@link parsePreview}. */
export function postbackSteps(text: string): readonly PostbackStep[] {
  return parsePreview(text).steps;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      'This is not the output of "pulumi preview --json": it is not JSON. Was the preview cut off, or did it fail?',
    );
  }
}
