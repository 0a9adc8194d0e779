import { urlOrigin } from "../../../postback/origin";
import { maskUrl } from "../../../postback/secrets";
import { shortened } from "../../output/text";
import { ALL_CONDITIONS } from "../conditions";
import { noHost } from "../messages";
import type { CheckedHost, InventoryPostback } from "../report";
import { urlHost } from "../urlShape";
import type { HostCheck } from "./checkHost";
import type { HostChecks } from "./checkHosts";

/** A postback with its URL; undefined where nobody may read it. */
export interface PostbackUrl {
  readonly postback: InventoryPostback;
  readonly url: string | undefined;
}

/** The distinct hosts of postbacks: spellings of one scheme, host and port are one. */
export function originsOf(all: readonly PostbackUrl[]): URL[] {
  const origins = all.flatMap(({ url }) => (url === undefined ? [] : (urlOrigin(url) ?? [])));
  return [...new Map(origins.map((one) => [one.origin, one])).values()];
}

/** What the check says of the host of a postback. */
export function hostCheckOf({ url }: PostbackUrl, checks: HostChecks): HostCheck {
  if (url === undefined) return UNKNOWN_URL;
  const origin = urlOrigin(url);
  return (origin && checks.get(origin.origin)) ?? NO_HOST;
}

const UNKNOWN_URL: HostCheck = { is: ["uncheckedHost"], found: noHost.unknownUrl };
const NO_HOST: HostCheck = { is: ["uncheckedHost"], found: noHost.notCallable };

// No host is longer. What is none may be as long as an answer.
const MAX_HOST = 260;

/** The hosts as the report has them: the most urgent first, and of those the ones with the most active postbacks. */
export function checkedHosts(all: readonly PostbackUrl[], checks: HostChecks): CheckedHost[] {
  const groups = new Map<string, { readonly first: PostbackUrl; readonly members: InventoryPostback[] }>();
  for (const one of all) {
    if (one.url === undefined) continue;
    const { host, scheme } = nameOf(one);
    // A secret host has a row of its own, also beside postbacks that show the same host.
    const key = JSON.stringify([host, scheme, urlOrigin(one.url)?.origin]);
    const group = groups.get(key);
    if (group) group.members.push(one.postback);
    else groups.set(key, { first: one, members: [one.postback] });
  }
  const weight = new Map<string, number>(ALL_CONDITIONS.map((one, index) => [one, index]));
  const rank = ({ is: [worst] }: CheckedHost) => weight.get(worst ?? "") ?? ALL_CONDITIONS.length;
  return [...groups.values()]
    .map(({ first, members }) => toCheckedHost(nameOf(first), hostCheckOf(first, checks), members))
    .sort((one, other) => rank(one) - rank(other) || other.active - one.active);
}

type HostName = Pick<CheckedHost, "host" | "scheme">;

function nameOf({ postback, url = "" }: PostbackUrl): HostName {
  const origin = urlOrigin(url);
  const scheme = origin?.protocol.replace(":", "") ?? null;
  // Where a URL lacks its "?", its parameters stand in its host.
  const masked = urlHost(maskUrl(url));
  if (origin === undefined) return { scheme, host: isSecret(postback) ? null : shortened(masked, MAX_HOST) };
  const isShown = !isSecret(postback) && masked === urlHost(url);
  return { scheme, host: isShown ? origin.host : null };
}

function isSecret({ url }: InventoryPostback): boolean {
  return url === null;
}

function toCheckedHost(
  name: HostName,
  { is, found, validUntil, daysLeft }: HostCheck,
  members: readonly InventoryPostback[],
): CheckedHost {
  return {
    ...name,
    is,
    found,
    validUntil: validUntil?.toISOString() ?? null,
    daysLeft: daysLeft ?? null,
    ids: members.map(({ id }) => id),
    active: members.filter(({ isLive, is: conditions }) => isLive && !conditions.includes("inactive")).length,
    affiliates: [...new Set(members.flatMap(({ affiliateId }) => affiliateId ?? []))].sort((a, b) => a - b),
  };
}
