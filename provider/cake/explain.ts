import { type EndpointName, endpoints } from "./endpoints";
import type { CakeErrorKind } from "./errors";

export interface Failure {
  readonly kind: CakeErrorKind;
  /** What came back, or did not. */
  readonly what: string;
  readonly endpoint: EndpointName;
  readonly origin: string;
  /** The path that was called, which a setting may have changed. */
  readonly path: string;
  /** The HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** Not a word came back. */
  readonly silent?: boolean;
  /** How long CAKE wants to be left alone, where it said so. */
  readonly askedToWaitMs?: number | undefined;
}

const ALLOW_LIST = "Setup > Blocks and Profanity > IP Whitelisting in CAKE";

/** What a failed call means and what to do next, in words. Names no URL but the endpoint's own path. */
export function explain(failure: Failure): string {
  const { kind, what, endpoint, silent, askedToWaitMs } = failure;
  const { standing } = endpoints[endpoint];
  const call = callOf(failure);
  const isAssumed = standing === "assumed";
  // What became of a create is told by whoever looks for it afterwards.
  const unclearChange =
    endpoint === "update"
      ? " Whether CAKE made the change is not known; the state is as it was. Run again: it looks first, and sends only what is still missing."
      : "";
  const wish = askedToWaitMs ? ` CAKE asked to wait ${inWords(askedToWaitMs)} before the next call.` : "";
  const mayBeIgnored = `If calls hang or come back empty, CAKE may be ignoring this machine's address: see ${ALLOW_LIST}.`;
  switch (kind) {
    case "unreached":
      return `CAKE could not be reached: ${what}. Nothing was sent (${call}). Check cake:domain, the network and the proxy, then run again.`;
    case "lost":
      return `CAKE did not give a usable answer: ${what} (${call}).${wish}${unclearChange} ${mayBeIgnored}`;
    case "throttled":
      return `CAKE asked to slow down for longer than one operation may take (${what}, ${call}).${wish} Nothing was done. Lower cake:callsPerSecond or raise cake:operationTimeout, then run again.`;
    case "key":
      return `CAKE does not accept the API key, or its role may not use this endpoint (${what}, ${call}). Nothing was done, and no further call is made in this run. A new key in CAKE kills the old one at once. Refresh and destroy use the key saved in the state: put the new key into the environment (CAKE_API_KEY, or CAKE_<NAME>_API_KEY for an explicit provider), or run with --run-program, or run "pulumi up" first.`;
    case "refused":
      return `CAKE refused the request: ${what} (${call}). Nothing was done. Correct what CAKE names, then run again.`;
    case "missing":
      return isAssumed
        ? `This CAKE has no such endpoint: ${what} (${call}). No CAKE article documents it; pulumi-cake assumes it after sibling endpoints. If your CAKE has it under another path, set cake:paths; if it has none, set cake:endpoints to "documented".`
        : `This CAKE has no such endpoint: ${what} (${call}). A CAKE article documents it, so check that cake:domain is your CAKE instance.`;
    case "webPage":
      return `CAKE answered with a web page instead of data: ${what} (${call}).${unclearChange} Check that cake:domain is your CAKE instance and not a login page or another server.${isAssumed ? ' If your CAKE has no such endpoint, set cake:endpoints to "documented".' : ""}`;
    case "unexpected":
      return `CAKE answered something unexpected: ${what} (${call}).${unclearChange} Check that cake:domain is your CAKE instance and not another server.${silent ? ` ${mayBeIgnored}` : ""}`;
  }
}

/**
 * Why calls are held back although their turn has come.
 * - `silence`: no call of this process was ever answered.
 * - `outage`: the last calls all failed.
 * - `wait`: CAKE asked for a wait that is longer than an operation may take.
 */
export type StopCause = "silence" | "outage" | "wait";

/** Why a call was not sent, by the failure that stopped it and all others. The same words for each of them. */
export function explainStop(cause: StopCause, failure: Failure): string {
  const { what, askedToWaitMs = 0 } = failure;
  const call = callOf(failure);
  switch (cause) {
    case "silence":
      return `Nothing was sent for this call: no call of this run has been answered (${what}, ${call}). That is how CAKE treats an address that is not on its allow-list. Add this machine's address, or that of the proxy it goes through, under ${ALLOW_LIST}, then run again. If it is there already, check cake:domain and the network.`;
    case "outage":
      return `Nothing was sent for this call: the last calls to CAKE all failed, in the end with "${what}" (${call}). Nothing was done for it. Run again when CAKE answers.`;
    case "wait":
      return `Nothing was sent for this call: CAKE asked to wait ${inWords(askedToWaitMs)} before the next one (${what}, ${call}), longer than cake:operationTimeout allows. Run again after that time.`;
  }
}

function callOf({ endpoint, origin, path }: Failure): string {
  return `${endpoints[endpoint].method} ${path} on ${new URL(origin).host}`;
}

const UNITS = [
  [86_400_000, "days"],
  [3_600_000, "h"],
  [60_000, "min"],
] as const;

function inWords(ms: number): string {
  const [length, unit] = UNITS.find(([one]) => ms >= 2 * one) ?? [1000, "s"];
  const count = Math.ceil(ms / length);
  return unit === "days" && count > 366 ? "more than a year" : `${count} ${unit}`;
}
