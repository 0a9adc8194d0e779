import { isLoopback } from "../../http/proxyFor";
import type { Postback } from "../../postback/postback";
import type { Settings } from "../../settings/resolve";
import { type Fact, type NotSeen, notThere, seen, unclear } from "./fact";
import { type Facts, FILTERS, type FilterName, type WholeList } from "./facts";
import type { Line } from "./line";
import { keyFact, lookAtRequestLog } from "./look/contact";
import { lookAtFilter } from "./look/filters";
import { ListReader, NoList, type Reading } from "./look/list";
import { largePage, lookAtRowBase, pageLimitOf, totalsOf } from "./look/paging";
import { lookForPosts } from "./look/posts";
import { lookAtAddress, lookAtProxy, lookAtTls } from "./look/way";

export interface LookOptions {
  readonly settings: Settings;
  readonly origin: string;
  readonly line: Line;
  /** Ids that the instance must show if it is the right one. */
  readonly known: readonly number[];
  readonly now: number;
}

/** Looks at everything, by GET only. What one look needs from another is handed on; none throws. */
export async function look({ settings, origin, line, known, now }: LookOptions): Promise<Facts> {
  const url = new URL(origin);
  const proxy = lookAtProxy(url, settings.proxy);
  const [address, tls] = await Promise.all([
    lookAtAddress(url, proxy),
    lookAtTls(url, proxy, settings.requestTimeoutMs, now),
  ]);
  const posts = await lookForPosts(line, settings.paths);
  const reading = await readList(line, settings, posts.server);
  const requestLog = await requestLogUnlessPointless(line, posts.server, reading);
  return {
    instance: url.host,
    setup: {
      endpoints: settings.endpoints,
      paths: settings.paths,
      pageSize: settings.pageSize,
      domain: url.protocol === "https:" ? url.host : url.origin,
      insecureHttp: url.protocol === "http:" && !isLoopback(url.hostname),
      concurrency: settings.concurrency,
      requestTimeoutMs: settings.requestTimeoutMs,
      listLagMs: settings.listLagMs,
      ...(settings.providerName === undefined ? {} : { provider: settings.providerName }),
    },
    ...{ proxy, address, tls, server: posts.server },
    key: keyFact(reading, requestLog),
    ...(await lookIntoList(new ListReader(line, settings.paths.list, settings.pageSize), reading)),
    createEndpoint: posts.create,
    updateEndpoint: posts.update,
    requestLog,
    known: knownFact(reading, known),
    times: timesOf(line),
  };
}

/** Where there is no connection, one refusal is enough; and a setting that forbids the list forbids the look at it. */
async function readList(line: Line, settings: Settings, server: Facts["server"]): Promise<Fact<Reading>> {
  if (server.kind === "notThere") return unclear(server.why, server.sign);
  if (settings.endpoints !== "all") {
    return unclear(`it was not asked for, because cake:endpoints is "${settings.endpoints}"`);
  }
  try {
    return seen(await new ListReader(line, settings.paths.list, settings.pageSize).whole());
  } catch (error) {
    if (!(error instanceof NoList)) throw error;
    return error.kind === "missing" ? notThere(error.what) : unclear(error.what, error.sign);
  }
}

// A refused key stays refused, and an address that is ignored would only wait once more.
async function requestLogUnlessPointless(
  line: Line,
  server: Facts["server"],
  list: Fact<Reading>,
): Promise<Fact<true>> {
  if (server.kind === "notThere") return unclear(server.why, server.sign);
  if (list.kind !== "seen" && (list.sign === "keyRefused" || list.sign === "silence")) {
    return unclear("it was not asked for after the list's answer", list.sign);
  }
  return lookAtRequestLog(line);
}

type ListFacts = Pick<Facts, "list" | "rowBase" | "totals" | "pageLimit" | "filters">;

async function lookIntoList(list: ListReader, reading: Fact<Reading>): Promise<ListFacts> {
  if (reading.kind !== "seen") return withoutList(reading);
  const rows = [...reading.value.listing.rows.values()];
  const rowBase = await lookAtRowBase(list);
  const firstRow = rowBase.kind === "seen" && rowBase.value.rowZero !== "first" ? 1 : 0;
  const looks = FILTERS.map(async (name) => [name, await lookAtFilter(list, name, rows, firstRow)] as const);
  return {
    list: seen(summary(reading.value, rows)),
    rowBase,
    totals: totalsOf(reading.value),
    pageLimit: pageLimitOf(reading.value, rowBase, await largePage(list, rows.length, firstRow)),
    filters: Object.fromEntries(await Promise.all(looks)) as Facts["filters"],
  };
}

function withoutList(reading: NotSeen): ListFacts {
  const nothing = unclear("there is no list to look at");
  const filters = Object.fromEntries(FILTERS.map((name): [FilterName, NotSeen] => [name, nothing]));
  return {
    ...{ list: reading, rowBase: nothing, totals: nothing, pageLimit: nothing },
    filters: filters as Facts["filters"],
  };
}

function summary({ listing, pages }: Reading, rows: readonly Postback[]): WholeList {
  return {
    postbacks: rows.length,
    affiliates: new Set(rows.map(({ affiliateId }) => affiliateId)).size,
    active: rows.filter(({ postbackStatus }) => postbackStatus === "active").length,
    pages: pages.length,
    ms: pages.reduce((sum, { ms }) => sum + ms, 0),
    flaws: listing.completenessIssues,
  };
}

function knownFact(reading: Fact<Reading>, known: readonly number[]): Facts["known"] {
  if (known.length === 0) return notThere("no id was given with --known");
  if (reading.kind !== "seen") return unclear("there is no list to look at");
  const { rows } = reading.value.listing;
  const isShown = (id: number) => rows.has(id);
  return seen({ shown: known.filter(isShown), lacking: known.filter((id) => !isShown(id)) });
}

export function timesOf({ answerTimes, throttled }: Line): Facts["times"] {
  const sorted = [...answerTimes].sort((a, b) => a - b);
  return {
    calls: sorted.length,
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
    slowestMs: sorted.at(-1) ?? 0,
    throttled,
  };
}
