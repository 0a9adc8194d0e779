import { endpoints } from "../../cake/endpoints";
import { readSuccess } from "../../cake/envelope";
import type { Clock } from "../../http/clock";
import { proxyFor } from "../../http/proxyFor";
import type { Settings } from "../../settings/resolve";
import type { Environment, Instance } from "../input/instance";
import { type Filters, tryFilters } from "./filters";
import { type FirstRow, findFirstRow } from "./firstRow";
import { type ListResult, readInstanceList } from "./list";
import { Probe } from "./probe";

/** A path that no server has: it shows how this one answers for a missing path. */
export const MISSING_PATH = "/api/2/pulumi_cake_doctor_no_such_endpoint.json";

/** The proxy that calls go through; `url` is missing where the environment names one that cannot be used. */
export interface Proxy {
  readonly from: "cake:proxy" | "environment";
  readonly url?: URL;
}

/** What all checks share: the settings, and reads that several of them need. Each read is made once. */
export class Context {
  readonly url: URL;
  readonly settings: Settings;
  readonly probe: Probe;
  readonly proxy: Proxy | undefined;
  /** A call without a key to a path that does not exist. */
  readonly missingPath = once(() => this.probe.sendWithoutKey(MISSING_PATH));
  /** A call without a key to the documented create, which accepts only a POST. */
  readonly create = once(() => this.probe.sendWithoutKey(endpoints.create.path));
  /** The complete list, or why there is none. */
  readonly list: () => Promise<ListResult> = once(() => readInstanceList(this));
  /**
   * One row of the request log: beside the list, the only documented way to try a key by reading. Undefined if CAKE would
   * only refuse the key again, or ignore this address again.
   */
  readonly log = once(async () => {
    const list = await this.list();
    const isPointless = list.kind === "failed" && (list.failure === "key" || !this.probe.wasAnswered);
    if (isPointless) return undefined;
    return this.probe.send(endpoints.logs.path, { start_at_row: 0, row_limit: 1 }, readSuccess);
  });

  readonly firstRow: () => Promise<FirstRow> = once(() => findFirstRow(this));
  /** What each filter of the list does; undefined where there is no list. */
  readonly filters: () => Promise<Filters | undefined> = once(async () => {
    const list = await this.list();
    return list.kind === "read" ? tryFilters(this, [...list.read.rows.values()]) : undefined;
  });

  constructor(
    instance: Instance,
    readonly clock: Clock,
    readonly env: Environment,
    readonly expectIds: readonly number[],
  ) {
    this.url = new URL(instance.origin);
    this.settings = instance.settings;
    this.probe = new Probe(instance, clock);
    this.proxy = proxyOn(this.url, instance.settings.proxy);
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
