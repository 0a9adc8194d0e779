import type { Phase } from "../../lifecycle/journal/entry";
import type { InstanceHosts } from "../input/instance";
import type { Deployment } from "../input/stackExport";
import { placementOf } from "./instances";
import { interruptedIn } from "./interrupted";
import { type JournalRead, journalContent } from "./journal";
import { type Configured, configuredIn } from "./settings";

/** What is said about one stack before a run. */
export interface PreflightReport {
  readonly version: 1;
  /** `unknown` where the state holds an operation that this version does not know. */
  readonly result: "ok" | "stop" | "unknown";
  readonly stops: readonly (Interrupted | OtherInstance | Operation)[];
  readonly notes: readonly (Interrupted | NotCompared | Operation)[];
  /** What creates have left on this machine. It stops nothing: the next run on this machine resolves it. */
  readonly journal: JournalContent;
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

/** The journal of this machine. */
export interface JournalContent {
  /** Why it cannot be read; null where it can, or where there is none. */
  readonly problem: string | null;
  readonly creates: readonly JournalCreate[];
  readonly others: readonly JournalNote[];
}

/** A create that no state has settled yet, as an entry of the journal has it. */
export interface JournalCreate {
  /** The name of the entry. */
  readonly entry: string;
  /** `taken`: nothing was sent. `sent`: CAKE may have made the postback. `made`: CAKE has confirmed it. */
  readonly phase: Phase;
  /** What became of the process that wrote the entry. `unknown` where it ran before the last boot, or in another container. */
  readonly process: "running" | "ended" | "unknown";
  /** When the entry was changed last. */
  readonly changedAt: string;
  readonly instance: string;
  readonly affiliateId: number;
  readonly offerId: number;
  /** The postback that CAKE made; null where that is unknown. */
  readonly postbackId: number | null;
  /** Whether the export has that postback. */
  readonly isInState: boolean;
  /** The resource, where the export has it; null for one of another stack, or that no state holds. */
  readonly urn: string | null;
  readonly name: string | null;
}

/** Another file in the directory of the journal. */
export interface JournalNote {
  /** `unreadable`: an entry in a form that this version does not read. `incomplete`: its beginning was cut short, so nothing was sent. */
  readonly kind: "unreadable" | "incomplete" | "notAnEntry";
  readonly file: string;
  /** The version of an unreadable entry, where it says one. */
  readonly version: number | null;
}

/** Says whether a run is safe on this state. */
export function reportOn(
  deployment: Deployment,
  given: InstanceHosts,
  journal: JournalRead,
): PreflightReport {
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
    journal: journalContent(journal, deployment),
    totals: placement.totals,
  };
}
