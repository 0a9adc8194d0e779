import type { EndpointName } from "../../cake/endpoints";
import type { Settings } from "../../settings/resolve";
import type { Fact } from "./fact";

/** Everything that the doctor looks at. docs/doctor.md says how it looks. */
export interface Facts {
  /** Host and port of the instance. */
  readonly instance: string;
  readonly setup: Setup;
  /** The proxy on the way; not there where calls go straight. */
  readonly proxy: Fact<{ readonly host: string; readonly from: "cake:proxy" | "environment" }>;
  readonly address: Fact<{ readonly addresses: readonly string[] }>;
  readonly tls: Fact<Tls>;
  /** A web server answers, to a call without a key. */
  readonly server: Fact<{ readonly ms: number }>;
  /** CAKE accepts the key. */
  readonly key: Fact<{ readonly shownBy: "list" | "request log" }>;
  readonly list: Fact<WholeList>;
  readonly rowBase: Fact<RowBase>;
  /** Not there: the list never says how many rows it has. */
  readonly totals: Fact<{ readonly said: number; readonly counted: number }>;
  /** The most rows that a page holds: exactly, or at least so many. */
  readonly pageLimit: Fact<{ readonly rows: number; readonly exact: boolean }>;
  readonly filters: Readonly<Record<FilterName, Fact<"honoured" | "ignored">>>;
  readonly createEndpoint: Fact<true>;
  readonly updateEndpoint: Fact<true>;
  readonly requestLog: Fact<true>;
  /** The ids that must be there if this is the right instance; not there where none were given. */
  readonly known: Fact<{ readonly shown: readonly number[]; readonly lacking: readonly number[] }>;
  readonly times: Times;
}

/** The settings that the look was made with, as far as they are no secret. */
export interface Setup {
  readonly endpoints: Settings["endpoints"];
  readonly paths: Readonly<Partial<Record<EndpointName, string>>>;
  readonly pageSize: number;
  /** What `cake:domain` must be for it. */
  readonly domain: string;
  /** Plain HTTP to another machine than this one. */
  readonly insecureHttp: boolean;
  readonly concurrency: number;
  readonly requestTimeoutMs: number;
  readonly listLagMs: number;
  /** The explicit provider that it was made for; undefined for the stack's own settings. */
  readonly provider?: string;
}

export interface Tls {
  readonly protocol: string;
  /** When the certificate ends, as an ISO date. */
  readonly validUntil: string;
  readonly daysLeft: number;
  /** Whether a trusted authority vouches for it. It can be false only where the environment switched the check off. */
  readonly verified: boolean;
}

/** The list of postbacks, read to its end. */
export interface WholeList {
  readonly postbacks: number;
  readonly affiliates: number;
  readonly active: number;
  readonly pages: number;
  readonly ms: number;
  /** Why it may lack rows; none where it is complete. */
  readonly flaws: readonly string[];
}

export interface RowBase {
  /** The number of the first row. */
  readonly base: 0 | 1;
  /** What a list that counts from 1 does when it is asked for row 0. */
  readonly rowZero: "first" | "refused" | "lost";
}

export const FILTERS = ["postbackId", "affiliateId", "offerId"] as const;
export type FilterName = (typeof FILTERS)[number];

export interface Times {
  readonly calls: number;
  readonly medianMs: number;
  readonly slowestMs: number;
  /** How often CAKE asked to slow down. */
  readonly throttled: number;
}
