import { endpoints } from "../../cake/endpoints";
import { readSuccess } from "../../cake/envelope";
import { pageReader } from "../../cake/wire";
import type { Clock } from "../../http/clock";
import { proxyFor } from "../../http/proxyFor";
import type { Settings } from "../../settings/resolve";
import type { Environment, Instance } from "../input/instance";
import { MISSING_PATH } from "./answerShape";
import { discover } from "./discovery/discover";
import { type Filters, tryFilters } from "./filters";
import { type FirstRow, findFirstRow } from "./firstRow";
import { type ListResult, readInstanceList, readListAt } from "./list";
import { findPageLimit } from "./pageLimit";
import { type MadeCall, Probe } from "./probe";
import type { Discovery } from "./report";

/** The proxy that calls go through; `url` is missing where the environment names one that cannot be used. */
export interface Proxy {
  readonly from: "cake:proxy" | "environment";
  readonly url?: URL;
}

/** What to examine beside the instance's own settings. */
export interface ExamineOptions {
  readonly clock: Clock;
  readonly env: Environment;
  /** IDs of postbacks that the list must show. */
  readonly expectIds: readonly number[];
  /** Whether to search the list of postbacks where the settings do not name it. */
  readonly discover?: boolean | undefined;
  /** Sees each call that is made. */
  readonly onCall?: ((call: MadeCall) => void) | undefined;
}

/** What all checks share: the settings, and reads that several of them need. Each read is made once. */
export class Context {
  readonly url: URL;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly probe: Probe;
  readonly proxy: Proxy | undefined;
  /** A call without a key to a path that does not exist. */
  readonly missingPath = once(() => this.probe.sendWithoutKey(MISSING_PATH));
  /** A call without a key to the documented create, which accepts only a POST. */
  readonly create = once(() => this.probe.sendWithoutKey(endpoints.create.path));
  /** The complete list, or why there is none. */
  readonly list: () => Promise<ListResult> = once(() => readInstanceList(this));
  /** The search for the list; undefined if it was not asked for. */
  readonly discovery: () => Promise<Discovery | undefined> = once(async () =>
    this.options.discover ? discover(this) : undefined,
  );
  /** The request log with the key. */
  readonly logWithKey = once(() =>
    this.probe.send(endpoints.logs.path, { start_at_row: 0, row_limit: 1 }, readSuccess),
  );
  /**
   * One row of the request log: beside the list, the only documented way to try a key by reading. Undefined if CAKE would
   * only refuse the key again, or ignore this address again.
   */
  readonly log = once(async () => {
    const list = await this.list();
    const isPointless = list.kind === "failed" && (list.failure === "key" || !this.probe.wasAnswered);
    if (isPointless) return undefined;
    return this.logWithKey();
  });

  /** The reader of the pages at a path, which knows the name of their array. */
  readonly pageReaderAt = onceEach((_path: string) => pageReader());
  /** The complete list at a path, or why it cannot be read. */
  readonly listAt: (path: string) => Promise<ListResult> = onceEach((path) => readListAt(this, path));

  readonly firstRow: () => Promise<FirstRow> = once(() => findFirstRow(this));
  /** How many rows a page holds; undefined where no list shows rows. */
  readonly pageLimit = once(async () => {
    const list = await this.list();
    return list.kind === "read" ? findPageLimit(list, this) : undefined;
  });

  /** What each filter of the list does; undefined where there is no list. */
  readonly filters: () => Promise<Filters | undefined> = once(async () => {
    const list = await this.list();
    return list.kind === "read" ? tryFilters(this, [...list.read.rows.values()]) : undefined;
  });

  constructor(
    instance: Instance,
    readonly options: ExamineOptions,
  ) {
    this.url = new URL(instance.origin);
    this.settings = instance.settings;
    this.clock = options.clock;
    this.probe = new Probe(instance, options.clock, options.onCall);
    this.proxy = proxyOn(this.url, instance.settings.proxy);
  }

  /** Where the list is: where it was found, else where the settings or the endpoint table say. */
  async listPath(): Promise<string> {
    return (await this.discovery())?.path ?? this.settings.paths.list ?? endpoints.list.path;
  }

  /** Where a page must begin so that it misses no row. */
  async startAtRow(): Promise<0 | 1> {
    const first = await this.firstRow();
    return first.kind === "seen" && first.rowZero !== "first" ? 1 : 0;
  }
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= read();
    return result;
  };
}

function onceEach<T>(read: (name: string) => T): (name: string) => T {
  const results = new Map<string, T>();
  return (name) => {
    const result = results.get(name) ?? read(name);
    results.set(name, result);
    return result;
  };
}

// As the transport does, which hears nothing but the environment of the process.
function proxyOn(url: URL, setting: string | undefined): Proxy | undefined {
  if (setting !== undefined && proxyFor(url, setting, {}) !== undefined)
    return { from: "cake:proxy", url: new URL(setting) };
  try {
    const named = proxyFor(url, undefined, process.env);
    return named === undefined ? undefined : { from: "environment", url: new URL(named) };
  } catch {
    return { from: "environment" };
  }
}
