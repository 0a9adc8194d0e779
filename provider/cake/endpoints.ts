/**
 * How sure we are that an endpoint exists.
 * - `documented`: a CAKE article says so.
 * - `assumed`: the convention of sibling v2 endpoints; nobody outside CAKE can prove it.
 */
type Standing = "documented" | "assumed";

export interface Endpoint {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** What a call does at CAKE. The method does not show it: a legacy read with a JSON answer is a POST, too. */
  readonly does: "read" | "write";
  /** Where CAKE wants the API key: in the JSON body of a POST, in the query of a GET. */
  readonly keyIn: "body" | "query";
  readonly standing: Standing;
  /** The CAKE article behind it, or what the assumption rests on. */
  readonly source: string;
  /** When somebody last read that source. */
  readonly read: string;
}

/** Every endpoint this package calls. The docs, the sandbox and the messages are made from this table. */
export const endpoints = {
  create: {
    method: "POST",
    path: "/api/2/affiliate_postback.json",
    does: "write",
    keyIn: "body",
    standing: "documented",
    source: "CAKE article 13000118735",
    read: "2026-08-21",
  },
  list: {
    method: "GET",
    path: "/api/2/affiliate_postbacks.json",
    does: "read",
    keyIn: "query",
    standing: "assumed",
    source: "the convention of sibling v2 lists (affiliates, offers)",
    read: "2026-08-21",
  },
  update: {
    method: "POST",
    path: "/api/2/update_affiliate_postback.json",
    does: "write",
    keyIn: "body",
    standing: "assumed",
    source: "the convention of sibling v2 updates",
    read: "2026-08-21",
  },
  logs: {
    method: "GET",
    path: "/api/2/api_logs.json",
    does: "read",
    keyIn: "query",
    standing: "documented",
    source: "CAKE article 13000118790",
    read: "2026-11-23",
  },
  campaigns: {
    method: "POST",
    path: "/api/8/export.asmx/Campaigns",
    does: "read",
    keyIn: "body",
    standing: "documented",
    source: "CAKE article 13000046530 (campaign export, version 8), as public clients cite and call it",
    read: "2026-11-23",
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;

/** The endpoints that change something at CAKE. */
export type WriteEndpoint = {
  [Name in EndpointName]: (typeof endpoints)[Name]["does"] extends "write" ? Name : never;
}[EndpointName];
export const WRITE_ENDPOINTS = (Object.keys(endpoints) as EndpointName[]).filter(isWrite);

function isWrite(name: EndpointName): name is WriteEndpoint {
  return endpoints[name].does === "write";
}

/** The endpoints whose path a user may set, because nobody outside CAKE can prove it. */
export const ASSUMED_ENDPOINTS = (Object.keys(endpoints) as EndpointName[]).filter(
  (name) => endpoints[name].standing === "assumed",
);

/** Rows a page may hold at most. Source: cake article 13000118794 (v2 lists). */
export const MAX_ROWS_PER_PAGE = 500;

// CAKE's articles document lists in version 2; others of its endpoints have versions 1 and 3.
const LIST_VERSIONS = [2, 3, 1];
const LIST_NOUNS = [
  ...["affiliate_postbacks", "affiliate_postback", "postbacks", "postback"],
  ...["affiliate_pixels", "affiliate_pixel", "pixels", "pixel"],
];

/**
 * Where an instance may have its list, the likeliest first: the names under which CAKE's articles mention postbacks, in
 * the plural and the singular, as sibling lists have them. No verb, and nothing under `*.asmx`: older endpoints write on a
 * GET, too. `doctor --discover` asks these paths and no others.
 */
export const LIST_CANDIDATES: readonly string[] = LIST_VERSIONS.flatMap((version) =>
  LIST_NOUNS.map((noun) => `/api/${version}/${noun}.json`),
);
