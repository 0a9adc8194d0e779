import { TRACKERS } from "../../postback/trackers";
import { urlParts } from "../../postback/url";
import type { LiveRow } from "../input/live/source";
import type { AdoptedRow } from "./row";

type Unnamed = Pick<AdoptedRow, "postbackId" | "affiliateId" | "offerId">;

/**
 * Names postbacks after their partner and offer: `acme-media-314`. The order in which they come decides nothing.
 *
 * @param partners What each partner is called.
 * @param taken Names that are given already: they stay, and nobody else gets one.
 */
export function resourceNames(
  rows: readonly Unnamed[],
  partners: ReadonlyMap<number, string>,
  taken: ReadonlySet<string>,
): Map<number, string> {
  const used = new Set(taken);
  const names = new Map<number, string>();
  for (const { postbackId, affiliateId, offerId } of [...rows].sort((a, b) => a.postbackId - b.postbackId)) {
    const name = `${partners.get(affiliateId)}-${offerId === 0 ? "all" : offerId}`;
    const free = used.has(name) ? freeName(`${name}-${postbackId}`, used) : name;
    used.add(free);
    names.set(postbackId, free);
  }
  return names;
}

/**
 * What each partner is called, by the ID of the affiliate: `acme-media`.
 *
 * @param live All that is live: what a partner is called must not depend on which postbacks were named before.
 * @param given What people call them.
 */
export function partnerNames(
  live: readonly LiveRow[],
  given: ReadonlyMap<number, string>,
): Map<number, string> {
  const urls = new Map<number, string[]>();
  for (const { affiliateId, url } of [...live].sort((a, b) => a.id - b.id)) {
    if (affiliateId === null) continue;
    const ofAffiliate = urls.get(affiliateId);
    if (ofAffiliate) ofAffiliate.push(url);
    else urls.set(affiliateId, [url]);
  }
  const labels = [...urls].map(([id, own]) => [id, plain(given.get(id) ?? "") ?? commonLabel(own)] as const);
  const counts = countsOf(labels.map(([, label]) => label));
  // Of two affiliates that would be called the same, both get their ID: neither is the real one.
  return new Map(
    labels.map(([id, label]) => {
      if (label === undefined) return [id, `affiliate-${id}`];
      return [id, (counts.get(label) ?? 0) > 1 ? `${label}-${id}` : label];
    }),
  );
}

function commonLabel(urls: readonly string[]): string | undefined {
  const counts = countsOf(urls.map(labelOf));
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most?.[0];
}

function countsOf(labels: readonly (string | undefined)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

const TRACKER_HOSTS = Object.values(TRACKERS).flatMap(({ hosts }) => hosts);

/** What a host calls its owner: `acme` of `track.acme.example`, and of `acme.rdtk.io`, which belongs to a tracker. */
function labelOf(url: string): string | undefined {
  const host = urlParts(url).host.toLowerCase().replace(/:\d+$/, "");
  if (!/^[a-z0-9.-]+\.[a-z-]{2,}$/.test(host)) return undefined;
  const tracker = TRACKER_HOSTS.find((own) => host.endsWith(`.${own}`));
  if (tracker !== undefined)
    return plain(
      host
        .slice(0, -tracker.length - 1)
        .split(".")
        .at(-1) ?? "",
    );
  const labels = host.split(".");
  // In some countries the last two say no more than .com does: acme.co.uk.
  const isSecondLevel =
    labels.length > 2 && (labels.at(-1) ?? "").length === 2 && (labels.at(-2) ?? "").length <= 3;
  return plain(labels.at(isSecondLevel ? -3 : -2) ?? "");
}

const LONGEST = 30;

/** A text as a part of a name; undefined if it holds no letter. */
export function plain(text: string): string | undefined {
  const letters = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const name = letters
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
  return /[a-z]/.test(name) ? name : undefined;
}

function freeName(name: string, used: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name}-${number}`;
    if (!used.has(free)) return free;
  }
}
