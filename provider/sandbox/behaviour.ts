import type { EndpointName } from "../cake/endpoints";
import type { Postback, PostbackStatus, PostbackTypeId } from "../postback/postback";

/**
 * What a list does with one filter. `incomplete` applies it and omits the newest matching row, also from `total_rows`.
 */
export type FilterMode = "honoured" | "ignored" | "refused" | "incomplete";

/** The parameters that narrow a list. */
export const FILTERS = ["postback_id", "affiliate_id", "offer_id"] as const;
export type FilterName = (typeof FILTERS)[number];

/**
 * How an emulated CAKE instance behaves. Everything that no article defines can be set here, so that a client can be
 * tested against every possible instance. {@link defaultBehaviour} has the defaults.
 */
export interface Behaviour {
  /** How long an answer takes, in milliseconds. @default 0 */
  latencyMs: number;

  /**
   * What a second create for one affiliate and offer does. `overwrite` changes the oldest one and returns its ID.
   *
   * @default "insert"
   */
  create: "insert" | "overwrite" | "missing";
  /**
   * What an update does with fields that the request lacks. `blank` empties the URL and resets the status to the
   * documented default. `ignore` answers Success with the unchanged postback and changes nothing. `echo` answers
   * Success with the requested postback and changes nothing. `missing`: there is no such endpoint.
   * @default "keep"
   */
  update: "keep" | "blank" | "ignore" | "echo" | "missing";
  /**
   * What a list shows. `empty` answers Success without rows. `stale` keeps showing the rows from when it was set.
   * `missing`: there is no such endpoint.
   * @default "ok"
   */
  list: "ok" | "empty" | "stale" | "missing";
  /** Whether there is a request log. @default "ok" */
  logs: "ok" | "missing";
  /**
   * What the legacy campaign export shows. No article says whether it has postbacks of v2. `postbacks` makes one
   * campaign of each server postback for one offer, without a pixel if the postback is inactive. `none` shows no
   * campaign. `missing`: there is no such endpoint.
   * @default "postbacks"
   */
  campaigns: "postbacks" | "none" | "missing";
  /**
   * The answer of a missing endpoint: an HTTP status, an HTML page at 200, or a refusal that names the method. `key` and
   * `login` check the key before the path: without a valid key, each call gets the answer to a wrong key, or a redirect to
   * a login page. With one, a missing endpoint answers 404.
   *
   * @default 404
   */
  missingAnswer: 404 | 405 | "html" | "refusal" | "key" | "login";
  /** Other paths of the endpoints. @default the paths of the endpoint table */
  paths: Partial<Record<EndpointName, string>>;
  /**
   * Further endpoints that answer a GET with the key: the fields of their successful answers, by their paths. Arrays are
   * paged as the list is: `{ "/api/2/pixels.json": { pixels: [{ pixel_id: 1 }] } }`.
   *
   * @default none
   */
  otherLists: Readonly<Record<string, Readonly<Record<string, unknown>>>>;

  /** The number of the first row. @default 0 */
  rowBase: 0 | 1;
  /**
   * What `start_at_row=0` means if rows count from 1: the first row, a refusal, or a page that lacks one row.
   *
   * @default "first"
   */
  rowZero: "first" | "refused" | "lost";
  /**
   * How the list is paged. `ignored` answers every request with the first page. `endless` continues after the last row
   * with rows that do not exist, and its `total_rows` is always one page ahead. A list by `postback_id` always ends.
   * @default "honoured"
   */
  paging: "honoured" | "ignored" | "endless";
  /** The maximum number of rows of a page, whatever the request says: 50, 200, 10,000. @default 500 */
  maxRows: number;
  /** The number of rows of a page if the request does not say. @default 100 */
  defaultRows: number;
  /** What `total_rows` counts: all rows, those of the page, or a fixed number; `false` omits it. @default true */
  totalRows: boolean | "page" | number;
  /** The name of the list's array, such as `affiliate_postbacks`, `postback` or `pixels`. @default "postbacks" */
  arrayName: string;
  /** Whether the array and `total_rows` are at the top of the answer or under `response`. @default "top" */
  listEnvelope: "top" | "response";
  /** @default "oldestFirst" */
  order: "oldestFirst" | "newestFirst";
  /**
   * What a list does with its filters: one value for all, or one per name. Filters without a value are honoured.
   *
   * @default "honoured"
   */
  filters: FilterMode | Readonly<Partial<Record<FilterName, FilterMode>>>;
  /** How many lists after a change still show the state before it. @default 0 */
  listLag: number;
  /** How many rows a list lacks at its end, while `total_rows` still counts them. @default 0 */
  shortBy: number;
  /** How many rows, starting with the first one, are listed twice. @default 0 */
  duplicates: number;
  /** The order of the request log. No article defines it; a sample begins with the oldest. @default "oldestFirst" */
  logOrder: "oldestFirst" | "newestFirst";
  /**
   * Whether campaigns name their parts as version 8 names its fields (`source_affiliate`), or as earlier ones did
   * (`affiliate`).
   *
   * @default "new"
   */
  campaignNames: "new" | "old";
  /** The rows that the key may see and change. @default every row */
  visible: (row: Postback) => boolean;
  /** Called before a page of a list is sent. A test can change postbacks here, as somebody might between two pages. */
  afterPage: (page: { startAtRow: number; rows: number }) => void;
  /** Changes a row of a list before it is sent, to make it invalid. @default the unchanged row */
  answerRow: (row: Record<string, unknown>) => unknown;

  /** Changes a URL before it is stored, for example trims or escapes it. @default the unchanged URL */
  storeUrl: (postbackUrl: string) => string;
  /** Whether answers have IDs as numbers or as strings of digits. @default "number" */
  ids: "number" | "string";
  /** The name of each status in answers, such as "Active". Requests use the documented names. @default as documented */
  statusNames: Readonly<Record<PostbackStatus, string>>;
  /**
   * The name of each type, which a postback gets when it is created or changed. Only "Server" is documented; the others
   * are assumed. To rename the type of an existing postback, use `edit`.
   */
  typeNames: Readonly<Record<PostbackTypeId, string>>;

  /**
   * How many seconds the server's clock is ahead, or behind if negative. It shows in `Date` and `Retry-After`.
   *
   * @default 0
   */
  clockOffsetSeconds: number;
  /** The HTTP status of the answer to a wrong key. Legacy endpoints answer such errors with 200. @default 200 */
  keyStatus: number;
  /** The HTTP status of every other refusal. @default 200 */
  refusalStatus: number;
  /** Behaves as if the caller is not on CAKE's allow-list: silence, or an empty answer. @default false */
  addressIgnored: false | "hang" | "empty";
  /**
   * Answers with the rows of another instance of this sandbox, as a wrong DNS entry or proxy would.
   *
   * @default its own rows
   */
  tenant: string | undefined;
}

/** The behavior for a single request: all options that need no state before or after it. */
export type RequestBehaviour = Partial<
  Omit<Behaviour, "paths" | "otherLists" | "listLag" | "latencyMs" | "list">
> & {
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
  otherLists: {},
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
