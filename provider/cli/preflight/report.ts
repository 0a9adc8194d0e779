import type { InstanceHosts } from "../input/instance";
import type { Deployment } from "../input/stackExport";
import { placementOf } from "./instances";
import { interruptedIn } from "./interrupted";
import { type Configured, configuredIn } from "./settings";

/** What is said about one stack before a run. */
export interface PreflightReport {
  readonly version: 1;
  /** `unknown` where the state holds an operation that this version does not know. */
  readonly result: "ok" | "stop" | "unknown";
  readonly stops: readonly (Interrupted | OtherInstance | Operation)[];
  readonly notes: readonly (Interrupted | NotCompared | Operation)[];
  readonly totals: {
    readonly postbacks: number;
    /** How many postbacks live on which host. Those whose host is unknown are missing here. */
    readonly instances: Readonly<Record<string, number>>;
  };
}

/** What an interrupted run was doing to a postback. What the state keeps secret or does not hold is null. */
export interface Interrupted {
  /** `interruptedCreate`, a stop: the postback may or may not exist. The next run deals with the others. */
  readonly kind: "interruptedCreate" | "finishedCreate" | "interruptedUpdate" | "interruptedDelete";
  readonly urn: string;
  readonly name: string;
  readonly postbackId: string | null;
  readonly affiliateId: number | null;
  readonly offerId: number | null;
  /** Where it was sent, as far as the state says. */
  readonly instance: string | null;
  /** How often it was interrupted: a create that was tried twice may have made two postbacks. */
  readonly times: number;
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

/** An interrupted operation of which no more than its name is of interest. */
export interface Operation {
  /**
   * `unknownOperation`, a stop: one on a postback that this version does not know. `otherCreate`: a create of another
   * resource, which is cleared together with those of postbacks. `otherOperation`: one that wrote nothing to CAKE.
   */
  readonly kind: "otherCreate" | "otherOperation" | "unknownOperation";
  /** Pulumi's word for it, such as `importing`. */
  readonly operation: string;
  readonly urn: string;
  readonly name: string;
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
  const placement = placementOf(deployment, configured);
  const interrupted = interruptedIn(deployment, ({ provider = "" }) => {
    const on = configured.get(provider);
    return on?.saved ?? on?.domain ?? null;
  });
  const of = (kind: Interrupted["kind"] | Operation["kind"]) =>
    interrupted.filter((one) => one.kind === kind);
  const stops = [...of("interruptedCreate"), ...placement.stops];
  const unknown = of("unknownOperation");
  const others = interrupted.filter(
    ({ kind }) => kind !== "interruptedCreate" && kind !== "unknownOperation",
  );
  return {
    version: 1,
    result: stops.length > 0 ? "stop" : unknown.length > 0 ? "unknown" : "ok",
    stops: [...stops, ...unknown],
    notes: [...others, ...placement.notes],
    totals: placement.totals,
  };
}
