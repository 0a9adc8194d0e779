import { hostNameOf, isBelow } from "./hosts";
import { type Place, parametersOf, plainName, stretchesOf } from "./places";

/** A receiver that shows in the URL which one it is. Most do not: they sit on a domain of the partner's. */
export interface KnownTracker {
  readonly name: string;
  /** The parameter that takes the click id. */
  readonly clickId: string;
  /** The parameter that tells two conversions of one click apart, where the second is dropped without it. */
  readonly transactionId?: string;
  readonly isAt: (host: string, path: string, parameters: ReadonlySet<string>) => boolean;
}

// Sources: doc.voluum.com, docs.keitaro.io, CAKE articles 5000593201 (TUNE), 13000100633 (Everflow) and 13000103758.
const TRACKERS: readonly KnownTracker[] = [
  {
    ...{ name: "Voluum", clickId: "cid", transactionId: "txid" },
    isAt: (host) => /(?:^|\.)voluum(?:trk\d?)?\.com$/.test(host),
  },
  {
    ...{ name: "Keitaro", clickId: "subid", transactionId: "tid" },
    isAt: (_, path, parameters) => /^\/[0-9a-z]+\/postback\/?$/i.test(path) && parameters.has("subid"),
  },
  {
    ...{ name: "TUNE", clickId: "transaction_id", transactionId: "adv_sub" },
    isAt: (host, path) =>
      isBelow(host, ["go2cloud.org", "hasoffers.com"]) || /^\/aff_(?:lsr|goal)$/.test(path),
  },
  {
    ...{ name: "Everflow", clickId: "transaction_id" },
    isAt: (_, __, parameters) => parameters.has("nid") && parameters.has("transaction_id"),
  },
  { name: "CAKE", clickId: "r", isAt: (_, path) => path === "/p.ashx" },
];

/** The tracker that a URL leads to, where the URL shows it. */
export function trackerOf(url: string): KnownTracker | undefined {
  const host = hostNameOf(url) ?? "";
  const { path } = stretchesOf(url);
  const parameters = new Set(parametersOf(url).map(({ name }) => name));
  return TRACKERS.find(({ isAt }) => isAt(host, path, parameters));
}

// Most certain first: beside a clickid, a subid is the partner's source, and a transaction_id is one.
const CLICK_ID_NAMES = ["clickid", "cid", "click", "cnvid", "subid", "transactionid"];

/** The parameters that take the click id, by what the tracker is known to call it or by the names that are usual. */
export function clickIdParameters(url: string): Place[] {
  const byName = new Map<string, Place[]>();
  for (const place of parametersOf(url)) {
    const name = plainName(place.name);
    const places = byName.get(name);
    if (places) places.push(place);
    else byName.set(name, [place]);
  }
  const own = trackerOf(url)?.clickId;
  const sought = own === undefined ? CLICK_ID_NAMES : [plainName(own)];
  return sought.map((name) => byName.get(name) ?? []).find((places) => places.length > 0) ?? [];
}
