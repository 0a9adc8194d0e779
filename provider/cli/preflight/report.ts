import type { InstanceHosts } from "../input/instance";
import { type Deployment, nameOf, type ResourceState } from "../input/stackExport";
import { placementOf, type WrongInstance } from "./instances";
import { type Interrupted, interruptionsIn, type Operation } from "./interrupted";
import { type Configured, configuredIn } from "./settings";

/** What is said about one stack before a run. */
export interface PreflightReport {
  readonly version: 1;
  /** `unknown` where the state holds an operation that this version does not know. */
  readonly result: "ok" | "stop" | "unknown";
  readonly stops: readonly Stop[];
  readonly notes: readonly Note[];
  readonly totals: {
    readonly postbacks: number;
    /** How many postbacks live on which host. Those whose host is unknown are missing here. */
    readonly instances: Readonly<Record<string, number>>;
  };
}

export type Stop = PendingCreate | OtherInstance | UnknownOperation;
export type Note = PendingChange | ForeignCreate | OtherOperation | NotCompared;

/** What an interrupted run was doing to a postback. What the state keeps secret or does not hold is null. */
interface Pending {
  readonly urn: string;
  readonly name: string;
  readonly postbackId: string | null;
  readonly affiliateId: number | null;
  readonly offerId: number | null;
  readonly instance: string | null;
  readonly times: number;
}

/** A create whose postback may or may not exist. */
export interface PendingCreate extends Pending {
  readonly kind: "pendingCreate";
}

/** Postbacks that are not where their provider works. */
export interface OtherInstance {
  readonly kind: "otherInstance";
  readonly livesOn: string;
  readonly configured: string;
  readonly from: Configured["from"];
  /** The name of an explicit provider; null for the default one. */
  readonly provider: string | null;
  readonly postbacks: readonly { readonly urn: string; readonly name: string; readonly postbackId: string }[];
}

/** An interrupted operation that the next run deals with. */
export interface PendingChange extends Pending {
  readonly kind: "finishedCreate" | "pendingUpdate" | "pendingDelete";
}

/** A pending create of a resource that is no postback. */
export interface ForeignCreate {
  readonly kind: "foreignCreate";
  readonly urn: string;
  readonly name: string;
}

/** An interrupted operation that wrote nothing to CAKE. */
export interface OtherOperation {
  readonly kind: "otherOperation";
  /** Pulumi's word for it, such as `importing`. */
  readonly operation: string;
  readonly urn: string;
  readonly name: string;
}

/** An interrupted operation on a postback that this version does not know. */
export interface UnknownOperation extends Omit<OtherOperation, "kind"> {
  readonly kind: "unknownOperation";
}

/** Postbacks whose instance cannot be compared, because their own or their provider's is unknown. */
export interface NotCompared {
  readonly kind: "notCompared";
  readonly unknown: "postback" | "provider";
  readonly urns: readonly string[];
}

/** Says whether a run is safe on this state. */
export function reportOn(deployment: Deployment, given: InstanceHosts): PreflightReport {
  const configured = configuredIn(deployment, given);
  const interrupted = interruptionsIn(deployment);
  const placement = placementOf(deployment, configured);
  const pending =
    <K extends (PendingCreate | PendingChange)["kind"]>(kind: K) =>
    (one: Interrupted) => ({ kind, ...pendingOf(one, configured) });
  const stops = [
    ...interrupted.lostCreates.map(pending("pendingCreate")),
    ...placement.misplaced.map(otherInstance),
  ];
  const unknown = interrupted.unknown.map((one) => operation("unknownOperation", one));
  return {
    version: 1,
    result: stops.length > 0 ? "stop" : unknown.length > 0 ? "unknown" : "ok",
    stops: [...stops, ...unknown],
    notes: [
      ...interrupted.doneCreates.map(pending("finishedCreate")),
      ...interrupted.updates.map(pending("pendingUpdate")),
      ...interrupted.deletes.map(pending("pendingDelete")),
      ...interrupted.foreignCreates.map((urn) => ({
        kind: "foreignCreate" as const,
        urn,
        name: nameOf(urn),
      })),
      ...interrupted.others.map((one) => operation("otherOperation", one)),
      ...notCompared("postback", placement.nowhere),
      ...notCompared("provider", placement.incomparable),
    ],
    totals: { postbacks: placement.total, instances: placement.counts },
  };
}

function pendingOf(one: Interrupted, configured: ReadonlyMap<string, Configured>): Pending {
  const { urn, name, postbackId = null, affiliateId = null, offerId = null, times, provider } = one;
  const on = configured.get(provider ?? "");
  const instance = on?.saved ?? on?.domain ?? null;
  return { urn, name, postbackId, affiliateId, offerId, instance, times };
}

function otherInstance({ livesOn, configured, postbacks }: WrongInstance): OtherInstance {
  return {
    kind: "otherInstance",
    livesOn,
    configured: configured.domain,
    from: configured.from,
    provider: configured.provider ?? null,
    postbacks: postbacks.map(({ urn, id = "" }) => ({ urn, name: nameOf(urn), postbackId: id })),
  };
}

function operation<K extends string>(kind: K, { type, urn }: Operation) {
  return { kind, operation: type, urn, name: nameOf(urn) };
}

function notCompared(unknown: NotCompared["unknown"], postbacks: readonly ResourceState[]): NotCompared[] {
  if (postbacks.length === 0) return [];
  return [{ kind: "notCompared", unknown, urns: postbacks.map(({ urn }) => urn) }];
}
