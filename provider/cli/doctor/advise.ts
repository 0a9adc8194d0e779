import { MAX_ROWS_PER_PAGE } from "../../cake/endpoints";
import type { SettingName } from "../../settings/settings";
import { valueIn } from "./fact";
import type { Facts } from "./facts";
import { couldLook } from "./judge";
import { MAX_PAGE_SIZE } from "./look/paging";
import type { Settled } from "./writes/settled";

/** A setting that fits the instance, and why. */
export interface FittingSetting {
  readonly name: SettingName;
  /** Undefined where it may be secret: whoever sets it knows it, and it is asked for. */
  readonly value?: string;
  readonly why: string;
}

/** The settings to give a stack for this instance, as far as they are not what holds without them. Pure. */
export function fittingSettings(facts: Facts, settled?: Settled): FittingSetting[] {
  if (!couldLook(facts)) return [];
  return [
    { name: "domain", value: facts.setup.domain, why: "the instance" },
    { name: "apiKey", why: "it is asked for" },
    ...allowInsecureHttp(facts),
    ...proxy(facts),
    ...endpoints(facts, settled),
    ...paths(facts),
    ...pageSize(facts),
    ...requestTimeout(facts),
    ...concurrency(facts),
    ...listLag(facts, settled),
  ];
}

function allowInsecureHttp({ setup }: Facts): FittingSetting[] {
  if (!setup.insecureHttp) return [];
  return [{ name: "allowInsecureHttp", value: "true", why: "without TLS; better to use https" }];
}

// Its address may hold a password, and calls without it would leave from an address that CAKE ignores.
function proxy(facts: Facts): FittingSetting[] {
  const from = valueIn(facts.proxy)?.from;
  return from === "cake:proxy" ? [{ name: "proxy", why: "as it is set now; it is asked for" }] : [];
}

function endpoints({ setup, list, updateEndpoint }: Facts, settled: Settled | undefined): FittingSetting[] {
  const setting = (value: string, why: string): FittingSetting[] => [{ name: "endpoints", value, why }];
  if (setup.endpoints !== "all") return setting(setup.endpoints, "as it is set now");
  if (doesHarm(settled))
    return setting(
      "documented",
      "an update changes what it was not sent, and even the first one of a run would. This gives up the list as well",
    );
  if (list.kind === "seen") return [];
  const noUpdate = settled?.updateEndpoint === "missing" || updateEndpoint.kind === "notThere";
  if (list.kind === "notThere" && noUpdate)
    return setting("documented", "neither the list nor the update is there");
  const why = list.kind === "notThere" ? "there is no list" : "the list gives no usable answer";
  return setting(
    "without-list",
    `${why}, and without this every write would stop. Creates are then not checked`,
  );
}

function doesHarm(settled: Settled | undefined): boolean {
  return (
    settled?.statusUpdate === "does not keep the URL" || settled?.urlUpdate === "does not keep the status"
  );
}

function paths({ setup }: Facts): FittingSetting[] {
  if (Object.keys(setup.paths).length === 0) return [];
  return [{ name: "paths", value: JSON.stringify(setup.paths), why: "as it is set now" }];
}

function pageSize({ setup, pageLimit }: Facts): FittingSetting[] {
  const limit = valueIn(pageLimit);
  if (limit !== undefined && limit.rows > Math.max(MAX_ROWS_PER_PAGE, setup.pageSize)) {
    const value = String(limit.exact ? limit.rows : MAX_PAGE_SIZE);
    return [{ name: "pageSize", value, why: `the list gave ${limit.rows} postbacks in one call` }];
  }
  if (setup.pageSize === MAX_ROWS_PER_PAGE) return [];
  return [{ name: "pageSize", value: String(setup.pageSize), why: "as it is set now" }];
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

const MOST_LAG_S = 60;

// Twice what was seen, because a CAKE that was only looked at once may be slower another time.
function listLag({ setup }: Facts, settled: Settled | undefined): FittingSetting[] {
  const seenMs = Math.max(settled?.shownById ?? 0, settled?.shownInWhole ?? 0);
  const seconds = Math.min(MOST_LAG_S, Math.ceil((seenMs * 2) / 1000));
  if (seconds * 1000 > setup.listLagMs) {
    return [{ name: "listLag", value: String(seconds), why: `the list showed a write after ${seenMs} ms` }];
  }
  if (setup.listLagMs === 7_000) return [];
  return [{ name: "listLag", value: String(setup.listLagMs / 1000), why: "as it is set now" }];
}

const FEW_DAYS = 14;

/** What works today and may not tomorrow, or is not as it should be. Pure. */
export function warnings(facts: Facts, env: Readonly<Record<string, string | undefined>>): string[] {
  const tls = valueIn(facts.tls);
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
    ...(proxy?.from === "environment"
      ? [
          `The proxy comes from the environment. Wherever the stack runs, calls must leave from an address on CAKE's allow-list: set cake:proxy to be sure.`,
        ]
      : []),
  ];
}
