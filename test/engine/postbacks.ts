import { TYPE_TOKEN } from "../../provider/postback/postback";
import type { SandboxInstance } from "../../provider/sandbox";
import { identify, inputs, stateOf, without } from "../host/support/postbacks";
import type { Bag } from "../host/support/proto";
import { DEFAULT_PROVIDER, type Goal, type Resource } from "./stack";

/** The input by which the class tells one resource from another. */
const IDENTITY = "__urn";

/** The environment variable that names the folder of the notes about creates. */
export const JOURNAL = "CAKE_JOURNAL_DIR";

export function urnOf(stack: string, name: string): string {
  return `urn:pulumi:${stack}::shop::${TYPE_TOKEN}::${name}`;
}

/** A postback as the program of a stack registers it. */
export function postbackGoal(
  stack: string,
  name: string,
  what: Bag,
  more: Omit<Partial<Goal>, "inputs"> = {},
): Goal {
  const urn = urnOf(stack, name);
  return { urn, ...more, inputs: { ...without(inputs(what), "__origin"), [IDENTITY]: identify(urn) } };
}

/** A postback that a stack has had for long. */
export function postbackKept(
  { urn, inputs: wanted }: Goal,
  cake: SandboxInstance,
  postbackId: number,
): Resource {
  const outputs = { ...without(stateOf(cake, postbackId), "__origin"), [IDENTITY]: wanted[IDENTITY] };
  return {
    urn,
    provider: DEFAULT_PROVIDER,
    id: String(postbackId),
    inputs: wanted,
    outputs,
    isUnfinished: false,
    isReplaced: false,
  };
}
