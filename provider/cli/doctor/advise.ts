import type { SettingName } from "../../settings";
import { valueIn } from "./fact";
import type { Facts } from "./facts";
import { couldLook } from "./judge";
import type { Settled } from "./writes/settled";

/** A setting that fits the instance, and why. */
export interface FittingSetting {
  readonly name: SettingName;
  readonly value: string;
  readonly why: string;
}

/** The settings to give a stack for this instance, as far as they are not what holds without them. Pure. */
export function fittingSettings(facts: Facts, settled?: Settled): FittingSetting[] {
  if (!couldLook(facts)) return [];
  return [
    { name: "domain", value: facts.setup.domain, why: "the instance" },
    ...allowInsecureHttp(facts),
    ...endpoints(facts, settled),
    ...paths(facts),
    ...requestTimeout(facts),
    ...concurrency(facts),
  ];
}

function allowInsecureHttp({ setup }: Facts): FittingSetting[] {
  if (!setup.insecureHttp) return [];
  return [{ name: "allowInsecureHttp", value: "true", why: "without TLS; better to use https" }];
}

function endpoints(facts: Facts, settled: Settled | undefined): FittingSetting[] {
  const why = whyDocumented(facts, settled);
  return why === undefined ? [] : [{ name: "endpoints", value: "documented", why }];
}

// A list that is missing is told from one that is broken, and creates go on without it. Only where a web page or
// silence stands in its place, or where updates do harm, is it better to leave the assumed endpoints alone.
function whyDocumented({ setup, list, updateEndpoint }: Facts, settled?: Settled): string | undefined {
  if (setup.endpoints === "documented") return "as it is set now";
  if (list.kind === "unclear") return "the list gives no usable answer, and creates would wait for one";
  const noUpdate = settled?.updateEndpoint === "missing" || updateEndpoint.kind === "notThere";
  if (list.kind === "notThere" && noUpdate) return "neither the list nor the update is there";
  return undefined;
}

function paths({ setup }: Facts): FittingSetting[] {
  if (Object.keys(setup.paths).length === 0) return [];
  return [{ name: "paths", value: JSON.stringify(setup.paths), why: "as it is set now" }];
}

function requestTimeout({ setup, times }: Facts): FittingSetting[] {
  const seconds = Math.min(600, Math.ceil((times.slowestMs * 3) / 1000));
  if (seconds * 1000 > setup.requestTimeoutMs) {
    return [
      {
        name: "requestTimeout",
        value: String(seconds),
        why: `the slowest answer took ${times.slowestMs} ms`,
      },
    ];
  }
  if (setup.requestTimeoutMs === 30_000) return [];
  return [{ name: "requestTimeout", value: String(setup.requestTimeoutMs / 1000), why: "as it is set now" }];
}

function concurrency({ setup, times }: Facts): FittingSetting[] {
  if (times.throttled > 0) {
    const fewer = Math.max(1, Math.floor(setup.concurrency / 4));
    return [
      {
        ...{ name: "concurrency", value: String(fewer) },
        why: `CAKE asked ${times.throttled} times to slow down while it was only looked at`,
      },
    ];
  }
  if (setup.concurrency === 8) return [];
  return [{ name: "concurrency", value: String(setup.concurrency), why: "as it is set now" }];
}

const FEW_DAYS = 14;

/** What works today and may not tomorrow, or is not as it should be. Pure. */
export function warnings(facts: Facts, env: Readonly<Record<string, string | undefined>>): string[] {
  const tls = valueIn(facts.tls);
  const totals = valueIn(facts.totals);
  const proxy = valueIn(facts.proxy);
  return [
    ...(facts.setup.insecureHttp ? ["The key travels in clear text: use https."] : []),
    ...(env.NODE_TLS_REJECT_UNAUTHORIZED === "0"
      ? [
          "NODE_TLS_REJECT_UNAUTHORIZED=0 switches the check of certificates off: anybody on the way can read the key. Unset it.",
        ]
      : []),
    ...(tls && tls.daysLeft < FEW_DAYS
      ? [`The TLS certificate ends on ${tls.validUntil} (days left: ${tls.daysLeft}).`]
      : []),
    ...(totals && totals.said !== totals.counted
      ? [`The list says that it has ${totals.said} rows, and ${totals.counted} came.`]
      : []),
    ...(proxy?.from === "environment"
      ? [
          `The proxy comes from the environment. Wherever the stack runs, calls must leave from an address on CAKE's allow-list: set cake:proxy to be sure.`,
        ]
      : []),
  ];
}
