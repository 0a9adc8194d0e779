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

const digest = v.object({ steps: v.array(step) });

/** One step of `pulumi preview --json` that concerns an AffiliatePostback. */
export type PostbackStep = v.InferOutput<typeof step>;

/** The postback steps of a `pulumi preview --json`. Throws a message for people if the text is none. */
export function postbackSteps(text: string): PostbackStep[] {
  const parsed = v.safeParse(digest, jsonOf(text));
  if (!parsed.success)
    throw new Error('This is not the output of "pulumi preview --json": it holds no list of steps.');
  return parsed.output.steps.filter(({ oldState, newState }) => (newState ?? oldState)?.type === TYPE_TOKEN);
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
