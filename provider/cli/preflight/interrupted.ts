import { isSecret } from "../../door/secretMark";
import { identityOf } from "../../postback/postback";
import {
  type Deployment,
  isPostback,
  plainNumber,
  type ResourceState,
  resourceName,
} from "../input/stackExport";

import type { Interrupted, Operation } from "./report";

/** What interrupted runs have left in a state: an operation on one postback once, however often it was tried. */
export function interruptedIn(
  { resources, pending }: Deployment,
  instanceOf: (resource: ResourceState) => string | null,
): (Interrupted | Operation)[] {
  const found = new Map<string, Interrupted | Operation>();
  for (const [index, { type, resource }] of pending.entries()) {
    const { urn, id, inputs } = resource;
    const kind = kindOf(type, resource, resources);
    const named = { urn, name: resourceName(urn) };
    if (isOperation(kind)) {
      found.set(String(index), { kind, operation: type, ...named });
      continue;
    }
    const key = JSON.stringify([kind, identityOf(urn), ...IDENTITY.map((field) => inputs[field])]);
    const former = found.get(key);
    found.set(key, {
      kind,
      ...named,
      postbackId: id ?? null,
      affiliateId: plainNumber(inputs.affiliateId) ?? null,
      offerId: plainNumber(inputs.offerId) ?? null,
      instance: instanceOf(resource),
      times: former && "times" in former ? former.times + 1 : 1,
    });
  }
  return [...found.values()];
}

// The types are those of pulumi/pulumi, sdk/go/common/resource/resource_operation.go.
function kindOf(type: string, resource: ResourceState, resources: readonly ResourceState[]) {
  if (!isPostback(resource)) return type === "creating" ? "otherCreate" : "otherOperation";
  switch (type) {
    case "creating":
      return resources.some((state) => standsFor(state, resource)) ? "finishedCreate" : "interruptedCreate";
    case "updating":
      return "interruptedUpdate";
    case "deleting":
      return "interruptedDelete";
    case "reading":
    case "importing":
      return "otherOperation";
    default:
      return "unknownOperation";
  }
}

function isOperation(kind: ReturnType<typeof kindOf>): kind is Operation["kind"] {
  return kind === "otherCreate" || kind === "otherOperation" || kind === "unknownOperation";
}

// What makes it another postback when it changes. A URL may have changed since in the ordinary way.
const IDENTITY = ["affiliateId", "offerId", "postbackTypeId"] as const;

/**
 * Whether a resource in the state is what the create was making. The URN alone does not say so: while a
 * replacement is under way, the state holds the old postback under the same URN. The engine gives the new one
 * the old one's time of creation until it is made. And after an interruption the program may have been changed.
 */
function standsFor(state: ResourceState, create: ResourceState): boolean {
  if (!isSameResource(state.urn, create.urn) || state.id === undefined) return false;
  if (state.delete || state.pendingReplacement) return false;
  if (create.created !== undefined && create.created === state.created) return false;
  return IDENTITY.every((field) => mayBeEqual(create.inputs[field], state.inputs[field]));
}

// Names first, because a stack has thousands.
function isSameResource(one: string, other: string): boolean {
  return resourceName(one) === resourceName(other) && identityOf(one) === identityOf(other);
}

// Two secrets cannot be compared: the same one is encrypted differently each time.
function mayBeEqual(one: unknown, other: unknown): boolean {
  return one === other || isSecret(one) || isSecret(other);
}
