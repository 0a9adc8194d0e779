import {
  type Deployment,
  isPostback,
  nameOf,
  type PendingOperation,
  plainNumber,
  type ResourceState,
} from "../input/stackExport";
import { isSecret } from "../input/value";

/** A postback whose create, update or delete was interrupted. What the state keeps secret is undefined. */
export interface Interrupted {
  readonly urn: string;
  readonly name: string;
  readonly postbackId: string | undefined;
  readonly affiliateId: number | undefined;
  readonly offerId: number | undefined;
  /** How often the same operation was interrupted: a create that was tried twice may have made two postbacks. */
  readonly times: number;
  /** The reference to its provider. */
  readonly provider: string | undefined;
}

/** Everything that interrupted runs have left in a state. */
export interface Interruptions {
  /** The postback may or may not exist, and nothing in the state stands for it. */
  readonly lostCreates: readonly Interrupted[];
  /** A later run has brought the postback into the state. */
  readonly doneCreates: readonly Interrupted[];
  readonly updates: readonly Interrupted[];
  readonly deletes: readonly Interrupted[];
  /** Creates of other packages' resources, by URN: what clears the pending creates clears them as well. */
  readonly foreignCreates: readonly string[];
  /** Operations that wrote nothing to CAKE: those of other packages' resources, reads and imports. */
  readonly others: readonly Operation[];
  /** Operations on postbacks that no version of Pulumi had when this was written: what they did is unknown. */
  readonly unknown: readonly Operation[];
}

/** An interrupted operation of which no more than its name is of interest. */
export interface Operation {
  readonly type: string;
  readonly urn: string;
}

// Source: pulumi/pulumi, sdk/go/common/resource/resource_operation.go.
const WRITES: ReadonlySet<string> = new Set(["creating", "updating", "deleting"]);
const READS: ReadonlySet<string> = new Set(["reading", "importing"]);

export function interruptionsIn({ resources, pending }: Deployment): Interruptions {
  const ours = pending.filter(({ resource }) => isPostback(resource));
  const creates = resourcesOf(ours, "creating");
  const isDone = (create: ResourceState) => resources.some((state) => standsFor(state, create));
  const operations = pending.map(({ type, resource }) => ({ type, resource, urn: resource.urn }));
  return {
    lostCreates: counted(creates.filter((create) => !isDone(create))),
    doneCreates: counted(creates.filter(isDone)),
    updates: counted(resourcesOf(ours, "updating")),
    deletes: counted(resourcesOf(ours, "deleting")),
    foreignCreates: operations
      .filter(({ type, resource }) => type === "creating" && !isPostback(resource))
      .map(({ urn }) => urn),
    others: operations.filter(({ type, resource }) =>
      isPostback(resource) ? READS.has(type) : type !== "creating",
    ),
    unknown: operations.filter(
      ({ type, resource }) => isPostback(resource) && !WRITES.has(type) && !READS.has(type),
    ),
  };
}

function resourcesOf(operations: readonly PendingOperation[], type: string): ResourceState[] {
  return operations.filter((operation) => operation.type === type).map(({ resource }) => resource);
}

// What makes it another postback when it changes. A URL may have changed since in the ordinary way.
const IDENTITY = ["affiliateId", "offerId", "postbackTypeId"] as const;

/**
 * Whether a resource in the state is what the create was making. The URN alone does not say so: while a
 * replacement is under way, the state holds the old postback under the same URN. The engine gives the new one
 * the old one's time of creation until it is made. And after an interruption the program may have been changed.
 */
function standsFor(state: ResourceState, create: ResourceState): boolean {
  if (state.urn !== create.urn || state.id === undefined) return false;
  if (state.delete || state.pendingReplacement) return false;
  if (create.created !== undefined && create.created === state.created) return false;
  return IDENTITY.every((field) => mayBeEqual(create.inputs[field], state.inputs[field]));
}

// Two secrets cannot be compared: the same one is encrypted differently each time.
function mayBeEqual(one: unknown, other: unknown): boolean {
  return one === other || isSecret(one) || isSecret(other);
}

/** Each interrupted operation once, however often it was. */
function counted(resources: readonly ResourceState[]): Interrupted[] {
  const found = new Map<string, Interrupted>();
  for (const resource of resources) {
    const { urn, inputs } = resource;
    const key = JSON.stringify([urn, ...IDENTITY.map((field) => inputs[field])]);
    found.set(key, describe(resource, (found.get(key)?.times ?? 0) + 1));
  }
  return [...found.values()];
}

function describe(resource: ResourceState, times: number): Interrupted {
  const { urn, id, inputs } = resource;
  return {
    urn,
    name: nameOf(urn),
    postbackId: id,
    affiliateId: plainNumber(inputs.affiliateId),
    offerId: plainNumber(inputs.offerId),
    times,
    provider: resource.provider,
  };
}
