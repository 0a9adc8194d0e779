import { CodedError } from "../message";
import type { Postback } from "../postback/postback";
import { isSubdomainOf } from "../postback/reading/hosts";
import { urlParts } from "../postback/url";
import { foundText } from "../settings/foundText";
import { messages, phrases } from "./messages";

const { expected } = phrases;

/** What narrows a lookup; all of it must hold. */
export interface LookupFilter {
  readonly affiliateId?: number | undefined;
  readonly offerId?: number | undefined;
  readonly host?: string | undefined;
  readonly status?: string | undefined;
}

type Given = Readonly<Record<string, unknown>>;

/** A filter by host: `track.acme.example`, `track.acme.example:8443`, or `.acme.example` with all below it, on any port. */
export const HOST_FILTER = /^(?:\.[^.:\s/?#@][^:\s/?#@]*|[^.\s/?#@][^\s/?#@]*)$/;

/** The ID among the arguments of `getAffiliatePostback`. What is not an ID would be reported as not found. */
export function parseId(given: Given): number {
  refuseUnknown("getAffiliatePostback", given, ["postbackId"]);
  const { postbackId } = given;
  if (isInteger(postbackId, 1)) return postbackId;
  const problem = problemText("postbackId", expected.postbackId, postbackId);
  throw new CodedError(messages.argumentsInvalid("getAffiliatePostback", [problem]));
}

/** The filter among the arguments of `getAffiliatePostbacks`. A wrong one would return too much, or nothing. */
export function parseFilter(given: Given): LookupFilter {
  const names = Object.keys(FILTERS) as (keyof LookupFilter)[];
  refuseUnknown("getAffiliatePostbacks", given, names);
  const wrong = names
    .filter((name) => given[name] !== undefined && !FILTERS[name](given[name]))
    .map((name) => problemText(name, expected[name], given[name]));
  if (wrong.length > 0) throw new CodedError(messages.argumentsInvalid("getAffiliatePostbacks", wrong));
  return given;
}

function problemText(name: string, wanted: string, found: unknown): string {
  return `${name} must be ${wanted}, found ${foundText(found)}`;
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

const FILTERS: Readonly<Record<keyof LookupFilter, (value: unknown) => boolean>> = {
  affiliateId: (value) => isInteger(value, 1),
  offerId: (value) => isInteger(value, 0),
  host: (value) => typeof value === "string" && HOST_FILTER.test(value),
  status: (value) => typeof value === "string" && value.trim() !== "",
};

// A host means every port of it, unless the filter names one.
function isOnHost(url: string, asked: string): boolean {
  const [host, wanted] = [urlParts(url).host.replace(/^.*@/, "").toLowerCase(), asked.toLowerCase()];
  const bare = host.replace(/:\d*$/, "");
  return wanted.startsWith(".") ? isSubdomainOf(bare, [wanted.slice(1)]) : [host, bare].includes(wanted);
}

function refuseUnknown(lookup: string, given: Given, known: readonly string[]): void {
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new CodedError(messages.argumentsUnknown(lookup, unknown, known));
}

function isInteger(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least;
}
