import type { Postback } from "../postback/postback";
import { isSubdomainOf } from "../postback/rules/hosts";
import { urlParts } from "../postback/url";

/** What narrows a lookup; all of it must hold. */
export interface LookupFilter {
  readonly affiliateId?: number | undefined;
  readonly offerId?: number | undefined;
  readonly host?: string | undefined;
  readonly status?: string | undefined;
}

type Given = Readonly<Record<string, unknown>>;

/** How a host is asked for: `track.acme.example`, `track.acme.example:8443`, or `.acme.example` with all below it, on any port. */
export const ASKED_HOST = /^(?:\.[^.:\s/?#@][^:\s/?#@]*|[^.\s/?#@][^\s/?#@]*)$/;

/** The id among the arguments of `getAffiliatePostback`. What is no id would be told as "not there". */
export function idIn(given: Given): number {
  refuseUnknown("getAffiliatePostback", given, ["postbackId"]);
  const { postbackId } = given;
  if (isWhole(postbackId, 1)) return postbackId;
  throw new Error(
    `getAffiliatePostback needs "postbackId": the id that CAKE shows for the postback, a whole number of at least 1. It was given ${kindOf(postbackId)}.`,
  );
}

/** The filter among the arguments of `getAffiliatePostbacks`. One that is misread would answer more, or nothing. */
export function filterIn(given: Given): LookupFilter {
  refuseUnknown("getAffiliatePostbacks", given, Object.keys(PARTS));
  const wrong = Object.entries(PARTS)
    .filter(([name, { isRight }]) => given[name] !== undefined && !isRight(given[name]))
    .map(([name, { must }]) => `"${name}" must be ${must}. It was given ${kindOf(given[name])}.`);
  if (wrong.length > 0) throw new Error(`getAffiliatePostbacks cannot be answered: ${wrong.join(" ")}`);
  return given;
}

/** Whether a row is one of those that were asked for. */
export function matches(row: Postback, { affiliateId, offerId, host, status }: LookupFilter): boolean {
  return (
    (affiliateId ?? row.affiliateId) === row.affiliateId &&
    (offerId ?? row.offerId) === row.offerId &&
    (status ?? row.postbackStatus).toLowerCase() === row.postbackStatus.toLowerCase() &&
    (host === undefined || isOnHost(row.postbackUrl, host))
  );
}

const PARTS = {
  affiliateId: {
    must: "the id that CAKE shows for the affiliate, a whole number of at least 1",
    isRight: (value: unknown) => isWhole(value, 1),
  },
  offerId: {
    must: "the id that CAKE shows for the offer, a whole number, 0 for the postbacks of all offers",
    isRight: (value: unknown) => isWhole(value, 0),
  },
  host: {
    must: "a host, with its port or without, and no more of a URL than that; a dot before it means all below it as well, on any port",
    isRight: (value: unknown) => typeof value === "string" && ASKED_HOST.test(value),
  },
  status: {
    must: "a status, such as active",
    isRight: (value: unknown) => typeof value === "string" && value.trim() !== "",
  },
} as const satisfies Record<keyof LookupFilter, { must: string; isRight: (value: unknown) => boolean }>;

// Who asks for a host means every port of it, unless they name one.
function isOnHost(url: string, asked: string): boolean {
  const [host, wanted] = [urlParts(url).host.replace(/^.*@/, "").toLowerCase(), asked.toLowerCase()];
  const bare = host.replace(/:\d*$/, "");
  return wanted.startsWith(".") ? isSubdomainOf(bare, [wanted.slice(1)]) : [host, bare].includes(wanted);
}

function refuseUnknown(lookup: string, given: Given, known: readonly string[]): void {
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Error(
    `${lookup} does not know ${unknown.map((name) => JSON.stringify(name)).join(", ")}, and to ignore it would answer another question. It takes ${known.join(", ")}; the provider stands in the argument after it.`,
  );
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least;
}

// A value may be a secret, so only a number, which can be none, is quoted.
function kindOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (value === undefined || value === null) return String(value);
  return typeof value === "string" ? "a text" : `a value of the type ${typeof value}`;
}
