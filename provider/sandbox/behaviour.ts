import type { EndpointName } from "../cake/endpoints";
import type { Postback, PostbackStatus, PostbackTypeId } from "../postback/postback";

/** What a list does with one filter. `incomplete` heeds it and leaves out the newest row that matches, also in `total_rows`. */
export type FilterMode = "honoured" | "ignored" | "refused" | "incomplete";

/** The parameters that narrow a list. */
export const FILTERS = ["postback_id", "affiliate_id", "offer_id"] as const;
export type FilterName = (typeof FILTERS)[number];

/**
 * What kind of CAKE an instance is. Everything that no article settles can be set here, so that a client can
 * be tried against every CAKE there may be. {@link defaultBehaviour} holds the defaults.
 */
export interface Behaviour {
  /** How long an answer takes, in milliseconds. @default 0 */
  latencyMs: number;

  /** What a second create for one affiliate and offer does. `overwrite` changes the oldest of them and answers its id. @default "insert" */
  create: "insert" | "overwrite" | "missing";
  /**
   * What an update does with the fields that it was not sent. `blank` empties the URL and puts the status back to
   * the documented default; `ignore` answers Success with the unchanged record and changes nothing; `echo` answers
   * Success with the record as it should be and changes nothing; `missing`: there is no such endpoint.
   * @default "keep"
   */
  update: "keep" | "blank" | "ignore" | "echo" | "missing";
  /**
   * `empty` answers Success without rows; `stale` goes on showing the rows of the moment it was set;
   * `missing`: there is no such endpoint.
   * @default "ok"
   */
  list: "ok" | "empty" | "stale" | "missing";
  /** Whether there is a request log. @default "ok" */
  logs: "ok" | "missing";
  /**
   * What the legacy campaign export shows. Whether it knows postbacks of v2 at all, no article says: `postbacks` makes
   * one campaign of each server postback of one offer, without a pixel where the postback is inactive; `none` shows no
   * campaign; `missing`: there is no such endpoint.
   * @default "postbacks"
   */
  campaigns: "postbacks" | "none" | "missing";
  /** How an endpoint that is not there answers: with an HTTP status, an HTML page at 200, or a refusal that names the method. @default 404 */
  missingAnswer: 404 | 405 | "html" | "refusal";
  /** Other paths of the endpoints. @default the paths of the endpoint table */
  paths: Partial<Record<EndpointName, string>>;

  /** The number of the first row. @default 0 */
  rowBase: 0 | 1;
  /** What `start_at_row=0` means where rows count from 1: the first row, a refusal, or a page that lacks one row. @default "first" */
  rowZero: "first" | "refused" | "lost";
  /**
   * `ignored` answers every page with the first one; `endless` goes on after the last row with rows that do not exist,
   * and its `total_rows` is always one page ahead. A list by `postback_id` ends in any case.
   * @default "honoured"
   */
  paging: "honoured" | "ignored" | "endless";
  /** The most rows that a page holds, whatever was asked for: 50, 200, 10,000. @default 500 */
  maxRows: number;
  /** The rows of a page where the request does not say. @default 100 */
  defaultRows: number;
  /** What `total_rows` counts: all rows, those of the page, or always the same number; `false` leaves it out. @default true */
  totalRows: boolean | "page" | number;
  /** The name of the list's array, such as `affiliate_postbacks`, `postback` or `pixels`. @default "postbacks" */
  arrayName: string;
  /** Whether the array and `total_rows` are at the top of the answer or under `response`. @default "top" */
  listEnvelope: "top" | "response";
  /** @default "oldestFirst" */
  order: "oldestFirst" | "newestFirst";
  /** What a list does with its filters: with all of them, or by name; those that are not named are honoured. @default "honoured" */
  filters: FilterMode | Readonly<Partial<Record<FilterName, FilterMode>>>;
  /** How many more lists show the state from before a change. @default 0 */
  listLag: number;
  /** How many rows a list lacks at its end, while `total_rows` still counts them. @default 0 */
  shortBy: number;
  /** How many rows, from the first one, are listed twice. @default 0 */
  duplicates: number;
  /** How the request log is ordered. No article says so; the sample in one begins with the oldest. @default "oldestFirst" */
  logOrder: "oldestFirst" | "newestFirst";
  /** Whether campaigns name their parts as version 8 names its fields (`source_affiliate`), or as earlier ones did (`affiliate`). @default "new" */
  campaignNames: "new" | "old";
  /** The rows that the key may see and change. @default every row */
  visible: (row: Postback) => boolean;
  /** Called when a page of a list has been made, before it is sent: the place for somebody else's change between two pages. */
  afterPage: (page: { startAtRow: number; rows: number }) => void;
  /** Changes a row of a list on its way out, to spoil it. @default the row as it is */
  answerRow: (row: Record<string, unknown>) => unknown;

  /** What becomes of a URL when it is stored: trimmed, escaped, … @default the URL as it is */
  storeUrl: (postbackUrl: string) => string;
  /** Whether answers hold ids as numbers or as strings of digits. @default "number" */
  ids: "number" | "string";
  /** How answers write each status, such as "Active". Requests still take the documented words. @default as documented */
  statusNames: Readonly<Record<PostbackStatus, string>>;
  /**
   * The name that a postback of each type gets when it is made or changed. Only "Server" is documented, the other three
   * are assumed. To rename the type of a postback that exists, use `edit`.
   */
  typeNames: Readonly<Record<PostbackTypeId, string>>;

  /** How many seconds the server's clock is ahead of this machine's; below 0 it is behind. Shows in `Date` and `Retry-After`. @default 0 */
  clockOffsetSeconds: number;
  /** HTTP status of the answer to a wrong key. Legacy endpoints answer business errors with 200. @default 200 */
  keyStatus: number;
  /** HTTP status of every other refusal. @default 200 */
  refusalStatus: number;
  /** What a caller meets whose address is not on CAKE's allow-list: silence, or an empty answer. @default false */
  addressIgnored: false | "hang" | "empty";
  /** Answers from the rows of another instance of this sandbox, as a wrong DNS entry or proxy would. @default this one's */
  tenant: string | undefined;
}

/** What one request alone can meet: everything that does not have to be known before it or remembered after it. */
export type RequestBehaviour = Partial<Omit<Behaviour, "paths" | "listLag" | "latencyMs" | "list">> & {
  list?: Exclude<Behaviour["list"], "stale">;
};

export const defaultBehaviour: Readonly<Behaviour> = {
  latencyMs: 0,
  create: "insert",
  update: "keep",
  list: "ok",
  logs: "ok",
  campaigns: "postbacks",
  missingAnswer: 404,
  paths: {},
  rowBase: 0,
  rowZero: "first",
  paging: "honoured",
  maxRows: 500,
  defaultRows: 100,
  totalRows: true,
  arrayName: "postbacks",
  listEnvelope: "top",
  order: "oldestFirst",
  filters: "honoured",
  listLag: 0,
  shortBy: 0,
  duplicates: 0,
  logOrder: "oldestFirst",
  campaignNames: "new",
  visible: () => true,
  afterPage: () => {},
  answerRow: (row) => row,
  storeUrl: (postbackUrl) => postbackUrl,
  ids: "number",
  statusNames: { active: "active", inactive: "inactive" },
  typeNames: { 1: "Server", 2: "iFrame", 3: "Image", 4: "JavaScript" },
  clockOffsetSeconds: 0,
  keyStatus: 200,
  refusalStatus: 200,
  addressIgnored: false,
  tenant: undefined,
};
