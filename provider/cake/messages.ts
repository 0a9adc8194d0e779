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
  /** Nothing at all came back. */
  readonly silent?: boolean;
  /** How long CAKE asked to wait, where it said so. */
  readonly askedToWaitMs?: number | undefined;
}

const ALLOW_LIST = "Setup > Blocks and Profanity > IP Whitelisting in CAKE";
const IGNORED = `If this goes on, CAKE may be ignoring this machine's address: see ${ALLOW_LIST}.`;

/** What happened, what it means, and what to do. Names no URL but the endpoint's own path. */
export function failureText(failure: Failure): string {
  const { kind, what, endpoint, silent } = failure;
  const call = callOf(failure);
  const maybe = MAYBE_DONE[endpoint];
  const wish = wishOf(failure);
  switch (kind) {
    case "unreached":
      return `CAKE could not be reached: ${what} (${call}). Nothing was sent. Check cake:domain, the network and the proxy, then run again.`;
    case "lost":
      return `CAKE did not give a usable answer: ${what} (${call}).${wish}${maybe} Run again. ${IGNORED}`;
    case "throttled":
      return `CAKE asked to slow down for longer than one operation may take (${what}, ${call}).${wish} Nothing was done. Lower cake:callsPerSecond or raise cake:operationTimeout, then run again.`;
    case "key":
      return `CAKE does not accept the API key (${what}, ${call}). Nothing was done, and this run stops calling. A new key in CAKE ends the old one at once. Set the new one in CAKE_API_KEY (CAKE_<NAME>_API_KEY for a named provider), which wins over one that was saved, then run again.`;
    case "refused":
      return `CAKE refused the request: ${what} (${call}). Nothing was done. Correct what CAKE names, then run again.`;
    case "missing":
      return `This CAKE instance has no such endpoint: ${what} (${call}). Nothing was done. ${IF_MISSING[endpoint]}`;
    case "webPage":
      return `CAKE answered with a web page instead of data: ${what} (${call}).${maybe} Check that cake:domain is your CAKE instance and not a login page or another server.${orSetting(endpoint)}`;
    case "unexpected":
      return `CAKE answered something unexpected: ${what} (${call}).${maybe} ${silent ? `Check cake:domain. ${IGNORED}` : "Check that cake:domain is your CAKE instance and not another server."}`;
  }
}

const MAYBE_DONE: Readonly<Record<EndpointName, string>> = {
  create: " CAKE may have created the postback.",
  update: " CAKE may have made the change; the next run checks, and sends only what is missing.",
  list: "",
  logs: "",
  campaigns: "",
};

const WITHOUT_LIST = "pulumi config set cake:endpoints without-list";
const DOCUMENTED = "pulumi config set cake:endpoints documented";
const IS_DOCUMENTED = "A CAKE article documents it, so check that cake:domain is your CAKE instance.";
const IF_MISSING: Readonly<Record<EndpointName, string>> = {
  list: `No CAKE article documents it. If your instance lists postbacks elsewhere: pulumi config set cake:paths '{"list": "/its/path"}'. If it has no list: ${WITHOUT_LIST} (creates and updates then go out unchecked).`,
  update: `No CAKE article documents it. If your instance updates postbacks elsewhere: pulumi config set cake:paths '{"update": "/its/path"}'. If it cannot: ${DOCUMENTED} (changes then become a work list).`,
  create: IS_DOCUMENTED,
  logs: IS_DOCUMENTED,
  campaigns: IS_DOCUMENTED,
};

// A web page may be all that a missing endpoint shows.
function orSetting(endpoint: EndpointName): string {
  if (endpoint === "list") return ` If it has no list: ${WITHOUT_LIST}`;
  return endpoint === "update" ? ` If it has no updates: ${DOCUMENTED}` : "";
}

/**
 * Why calls are held back although their turn has come.
 * - `silence`: no call of this process was ever answered.
 * - `outage`: the last calls all failed.
 * - `wait`: CAKE asked for a wait that is longer than an operation may take.
 */
export type HaltCause = "silence" | "outage" | "wait";

/** Why a call was not sent, by the failure that stopped it and all others. The same words for each of them. */
export function haltText(cause: HaltCause, failure: Failure): string {
  const { what, askedToWaitMs = 0 } = failure;
  const call = callOf(failure);
  switch (cause) {
    case "silence":
      return `Nothing was sent for this call: no call of this run has been answered (${what}, ${call}). CAKE ignores addresses that are not on its allow-list. Add this machine's address, or its proxy's, under ${ALLOW_LIST}, then run again. If it is there, check cake:domain and the network.`;
    case "outage":
      return `Nothing was sent for this call: the last calls to CAKE all failed, in the end with "${what}" (${call}). Nothing was done for it. Run again when CAKE answers.`;
    case "wait":
      return `Nothing was sent for this call: CAKE asked to wait ${formatDuration(askedToWaitMs)} before the next one (${what}, ${call}), longer than cake:operationTimeout allows. Run again after that time.`;
  }
}

export const TOO_LATE =
  "The call to CAKE was not sent again: its time was over (cake:operationTimeout). Its earlier attempts did nothing. Run again, with a longer cake:operationTimeout if this goes on.";

export function endlessListText(pages: number, rows: number): string {
  return `CAKE's list does not end within ${pages} pages or ${rows} rows. No part of it can be trusted, so nothing was decided by it. Run "pulumi-cake doctor" to see how the list behaves; if its pages are small, a larger cake:pageSize may help.`;
}

function wishOf({ askedToWaitMs }: Failure): string {
  return askedToWaitMs ? ` CAKE asked to wait ${formatDuration(askedToWaitMs)} before the next call.` : "";
}

function callOf({ endpoint, origin, path }: Failure): string {
  return `${endpoints[endpoint].method} ${path} on ${new URL(origin).host}`;
}

const UNITS = [
  [86_400_000, "days"],
  [3_600_000, "h"],
  [60_000, "min"],
] as const;

function formatDuration(ms: number): string {
  const [length, unit] = UNITS.find(([one]) => ms >= 2 * one) ?? [1000, "s"];
  const count = Math.ceil(ms / length);
  return unit === "days" && count > 366 ? "more than a year" : `${count} ${unit}`;
}
