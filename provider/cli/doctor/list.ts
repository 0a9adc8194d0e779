import { CakeError, isCakeError } from "../../cake/errors";
import { type ListRead, readList } from "../../cake/readList";
import type { Page } from "../../cake/wire";
import { notice } from "../../message";
import type { Postback } from "../../postback/postback";
import type { Context } from "./context";
import { findings } from "./messages";
import type { FailureKind, Fields } from "./probe";
import type { Discovery } from "./report";

/** A page of the list, what was asked for, and how long it took. */
export interface TimedPage extends Page {
  readonly startAtRow: number;
  readonly ms: number;
}

/** The complete list of postbacks and its pages, or why there is none. */
export type ListResult =
  | { readonly kind: "read"; readonly read: ListRead; readonly pages: readonly TimedPage[] }
  | { readonly kind: "failed"; readonly failure: FailureKind; readonly what: string }
  | { readonly kind: "notRead"; readonly what: string; readonly isUnrecognized?: true };

/** Why a page of the list could not be read. Its reason says what came instead, in a few words. */
class MissingPage extends CakeError {
  constructor(
    kind: CakeError["kind"],
    what: string,
    readonly failure: FailureKind,
  ) {
    super(kind, "list", notice("doctor-page-missing", what), what);
  }
}

/** Reads the list as the provider does, so that it meets what the provider will meet. */
export async function readInstanceList(context: Context): Promise<ListResult> {
  const { endpoints: allowed } = context.settings;
  const discovery = await context.discovery();
  if (discovery?.path) return context.listAt(discovery.path);
  if (allowed !== "all") return { kind: "notRead", what: `not read: cake:endpoints is "${allowed}"` };
  return discovery ? notFound(discovery) : context.listAt(await context.listPath());
}

/** Reads the list at a path. */
export async function readListAt(context: Context, path: string): Promise<ListResult> {
  const { pageSize } = context.settings;
  const pages: TimedPage[] = [];
  const fetchPage = async (startAtRow: number, rowLimit: number) => {
    const page = await listPage(context, startAtRow, rowLimit, {}, path);
    pages.push(page);
    return page;
  };
  const idOf = ({ postbackId }: Postback) => postbackId;
  return orFailure(async () => {
    const read = await readList(fetchPage, { idOf, endpoint: "list", pageSize, atOnce: 1 });
    return { kind: "read", read, pages };
  });
}

/** What the list is to the other checks if the search found none. */
function notFound({ ended, unread: [unread], candidates }: Discovery): ListResult {
  if (ended !== null) {
    const failed = candidates.findLast(({ answer }) => answer === "failed");
    const failure = ended === "noAnswer" ? "timeout" : ended;
    const what = failed ? `${failed.what ?? "no answer"} (GET ${failed.path})` : findings.searchEnded[ended];
    return { kind: "failed", failure, what };
  }
  if (candidates.some(({ answer }) => answer === "emptyUnnamed"))
    return { kind: "notRead", what: findings.unrecognized, isUnrecognized: true };
  if (unread !== undefined) {
    const what = candidates.find(({ path }) => path === unread)?.what ?? "no answer";
    return { kind: "failed", failure: "unexpected", what: `${what} (GET ${unread})` };
  }
  return { kind: "failed", failure: "missing", what: findings.noneShows(candidates.length) };
}

/** @param at The path; by default that of the list. */
export async function listPage(
  context: Context,
  startAtRow: number,
  rowLimit: number = context.settings.pageSize,
  filter: Fields = {},
  at?: string,
): Promise<TimedPage> {
  const path = at ?? (await context.listPath());
  const fields = { ...filter, start_at_row: startAtRow, row_limit: rowLimit };
  const reply = await context.probe.send(path, fields, context.pageReaderAt(path));
  if (reply.ok) return { ...reply.value, startAtRow, ms: reply.ms };
  throw new MissingPage(reply.kind, `${reply.what} (GET ${path})`, reply.failure);
}

/** The result, or why a page that it needed could not be read. Any other error is a bug. */
export async function orFailure<T>(
  read: () => Promise<T>,
): Promise<T | { readonly kind: "failed"; readonly failure: FailureKind; readonly what: string }> {
  try {
    return await read();
  } catch (error) {
    if (!isCakeError(error)) throw error;
    if (error instanceof MissingPage) return { kind: "failed", failure: error.failure, what: error.reason };
    return {
      kind: "failed",
      failure: "lost",
      what: findings.endless,
    };
  }
}
