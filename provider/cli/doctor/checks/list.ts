import { MAX_ROWS_PER_PAGE } from "../../../cake/endpoints";
import type { ListRead } from "../../../cake/readList";
import { settings } from "../../../settings/settings";
import { plural } from "../../output/text";
import type { Check, Finding } from "../check";
import type { Context } from "../context";
import { FILTER_NAMES, type FilterEffect } from "../filters";
import type { ListResult, TimedPage } from "../list";
import { advice, findings, keyAdvice } from "../messages";
import { type Order, orderOf } from "../order";
import type { FailureKind } from "../probe";
import type { RecommendedSetting } from "../report";

/** Whether the list is complete, and how to read it. */
export const LIST_CHECKS: readonly Check[] = [
  { id: "list", title: "List", run: checkList },
  { id: "firstRow", title: "First row", run: withList(checkFirstRow) },
  { id: "order", title: "Order", run: withList(checkOrder) },
  { id: "total", title: "Total", run: withList(checkTotal) },
  { id: "pageLimit", title: "Page limit", run: withList(checkPageLimit) },
  { id: "filters", title: "Filters", run: withList(checkFilters) },
];

type ReadList = Extract<ListResult, { kind: "read" }>;

function withList(check: (list: ReadList, context: Context) => Finding | Promise<Finding>): Check["run"] {
  return async (context) => {
    const list = await context.list();
    if (list.kind === "read") return check(list, context);
    return { found: "the list was not read", verdict: "unknown" };
  };
}

async function checkList(context: Context): Promise<Finding> {
  const list = await context.list();
  if (list.kind === "notRead")
    return list.isUnrecognized
      ? { found: list.what, verdict: "unknown" }
      : { found: list.what, verdict: "warning", advice: advice.listNotRead };
  if (list.kind === "failed") return withoutList(list.failure, list.what, context);
  const { read, pages } = list;
  const found = `${formatContents(read)}, ${plural(pages.length, "page")} in ${totalMs(pages)} ms`;
  const { completenessIssues: issues } = read;
  if (issues.length > 0) {
    const creates = (await filterByAffiliate(context)) ? "" : ` ${advice.incompleteForCreates}`;
    const withIssues = `${found}; incomplete: ${issues.join("; ")}`;
    return { found: withIssues, verdict: "problem", advice: advice.incomplete + creates };
  }
  if (read.rows.size === 0) return { found, verdict: "unknown", advice: advice.emptyList };
  return { found: `${found}; complete`, verdict: "ok" };
}

// A page may be all that a missing path shows. No setting follows from any other failure: the list may be there.
const MISSING: ReadonlySet<FailureKind> = new Set(["missing", "webPage"]);
const ANSWERS: ReadonlySet<FailureKind> = new Set(["refused", "unexpected"]);

function withoutList(failure: FailureKind, what: string, { options }: Context): Finding {
  const [found, verdict] = [what, "problem"] as const;
  if (failure === "timeout") return { found, verdict, advice: advice.listSilent };
  if (failure === "redirect") return { found, verdict, advice: keyAdvice.redirect };
  if (ANSWERS.has(failure))
    return { found, verdict, advice: options.discover ? undefined : advice.listRefused };
  if (!MISSING.has(failure)) return { found, verdict, advice: advice.listFails };
  const why = "for an instance without a list: creates then check nothing";
  const setting = { name: "endpoints", value: "without-list", why } as const;
  // The search has just said what to do.
  return { found, verdict, advice: options.discover ? undefined : advice.listMissing, settings: [setting] };
}

function formatContents({ rows }: ListRead): string {
  const all = [...rows.values()];
  const active = all.filter(({ postbackStatus }) => postbackStatus === "active").length;
  const affiliates = new Set(all.map(({ affiliateId }) => affiliateId)).size;
  return `${plural(all.length, "postback")} (${active} active) of ${plural(affiliates, "affiliate")}`;
}

function totalMs(pages: readonly TimedPage[]): number {
  return pages.reduce((sum, { ms }) => sum + ms, 0);
}

async function filterByAffiliate(context: Context): Promise<boolean> {
  const filters = await context.filters();
  return filters?.affiliate_id === "works" && filters.offer_id === "works";
}

async function checkFirstRow(_: ReadList, context: Context): Promise<Finding> {
  const first = await context.firstRow();
  if (first.kind === "unknown") return { found: first.what, verdict: "unknown" };
  if (first.base === 0) return { found: "0", verdict: "ok" };
  const rowZero = {
    first: "1 (0 works, too)",
    refused: "1 (0 is refused)",
    lost: "1 (a page from row 0 lacks a row)",
  };
  return { found: rowZero[first.rowZero], verdict: "ok" };
}

/** By IDs, which CAKE gives in ascending order. */
function checkOrder({ read }: ReadList): Finding {
  const order = orderOf([...read.rows.keys()]);
  const found = order === undefined ? "the postbacks are too few" : ORDERS[order];
  return { found, verdict: order === undefined ? "unknown" : "ok" };
}

const ORDERS: Readonly<Record<Order, string>> = {
  oldestFirst: "oldest first",
  newestFirst: "newest first",
  neither: "neither oldest nor newest first, by IDs",
};

function checkTotal({ read, pages }: ReadList): Finding {
  const totals = pages.map(({ total }) => total);
  const [last, { size }] = [totals.at(-1), read.rows];
  if (totals.every((total) => total === undefined))
    return { found: "not given: one more call finds the end", verdict: "ok" };
  if (last === undefined) return { found: "given on some pages only", verdict: "unknown" };
  return last === size
    ? { found: "given and correct", verdict: "ok" }
    : { found: `given as ${last}, but ${size} rows came`, verdict: "warning", advice: advice.wrongTotal };
}

async function checkPageLimit(_: ReadList, context: Context): Promise<Finding> {
  const limit = await context.pageLimit();
  if (limit === undefined) return { found: "the list shows no rows", verdict: "unknown" };
  const { rows, isExact } = limit;
  const found = isExact ? `${rows} rows` : `at least ${rows} rows`;
  const value = String(isExact ? rows : settings.pageSize.most);
  const why = `the list returned ${rows} postbacks in one call`;
  const larger: RecommendedSetting[] = [{ name: "pageSize", value, why }];
  const helps = rows > Math.max(MAX_ROWS_PER_PAGE, context.settings.pageSize);
  return { found, verdict: "ok", settings: helps ? larger : [] };
}

/** What each effect means, the worst first. */
const EFFECTS: Readonly<Record<FilterEffect, Finding>> = {
  incomplete: {
    found: findings.filtersIncomplete,
    verdict: "problem",
    advice: advice.filtersIncomplete,
  },
  refused: { found: "refused", verdict: "warning", advice: advice.filtersIgnored },
  ignored: { found: "ignored: all rows are returned", verdict: "warning", advice: advice.filtersIgnored },
  failed: { found: "the call failed", verdict: "unknown" },
  unknown: { found: "the postbacks are too few or too similar", verdict: "unknown" },
  works: { found: "work", verdict: "ok" },
};

async function checkFilters(_: ReadList, context: Context): Promise<Finding> {
  const filters = await context.filters();
  const effects = FILTER_NAMES.map((name) => filters?.[name] ?? "unknown");
  const worst = Object.entries(EFFECTS).find(([effect]) => effects.some((one) => one === effect))?.[1];
  if (worst === undefined || new Set(effects).size === 1) return worst ?? EFFECTS.unknown;
  const found = FILTER_NAMES.map((name, index) => `${name}: ${EFFECTS[effects[index] ?? "unknown"].found}`);
  return { ...worst, found: found.join("; ") };
}
