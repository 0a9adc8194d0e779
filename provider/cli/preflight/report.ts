import type { InstanceHosts } from "../input/instance";
import { type Deployment, nameOf, type ResourceState } from "../input/stackExport";
import { type Misplaced, placementOf } from "./instances";
import { type Interrupted, interruptionsIn } from "./interrupted";
import { type Configured, configuredIn } from "./settings";

/** What is said about one stack before a run. As JSON it is read by tools: fields are added, never changed. */
export interface Report {
  readonly result: "go on" | "stop";
  readonly stops: readonly Stop[];
  readonly notes: readonly Note[];
  readonly totals: {
    readonly postbacks: number;
    /** How many postbacks live on which host. Those whose host is not told are missing here. */
    readonly instances: Readonly<Record<string, number>>;
  };
}

export type Stop = PendingCreate | OtherInstance;
export type Note = PendingChange | ForeignCreate | NotCompared;

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

/** Postbacks whose instance cannot be compared, because their own or their provider's is not told. */
export interface NotCompared {
  readonly kind: "notCompared";
  readonly untold: "postback" | "provider";
  readonly urns: readonly string[];
}

/** Says whether a run on this state may go on. */
export function reportOn(deployment: Deployment, given: InstanceHosts): Report {
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
  return {
    result: stops.length === 0 ? "go on" : "stop",
    stops,
    notes: [
      ...interrupted.doneCreates.map(pending("finishedCreate")),
      ...interrupted.updates.map(pending("pendingUpdate")),
      ...interrupted.deletes.map(pending("pendingDelete")),
      ...interrupted.foreignCreates.map((urn) => ({
        kind: "foreignCreate" as const,
        urn,
        name: nameOf(urn),
      })),
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

function otherInstance({ livesOn, configured, postbacks }: Misplaced): OtherInstance {
  return {
    kind: "otherInstance",
    livesOn,
    configured: configured.domain,
    from: configured.from,
    provider: configured.provider ?? null,
    postbacks: postbacks.map(({ urn, id = "" }) => ({ urn, name: nameOf(urn), postbackId: id })),
  };
}

function notCompared(untold: NotCompared["untold"], postbacks: readonly ResourceState[]): NotCompared[] {
  if (postbacks.length === 0) return [];
  return [{ kind: "notCompared", untold, urns: postbacks.map(({ urn }) => urn) }];
}
