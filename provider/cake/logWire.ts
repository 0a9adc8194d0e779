import * as v from "valibot";
import type { HttpAnswer } from "../http/transport";
import { isObject, type Reading, readEnvelope, unexpected } from "./envelope";
import { integer } from "./values";
import { type Page, pageOf } from "./wire";

/** A request as CAKE's log holds it: without its body, and here without its query as well. */
export interface LogRow {
  /** CAKE's number of the row; a later request has a higher one. */
  readonly logId: number | undefined;
  /** In capitals. */
  readonly method: string | null;
  /** Nothing but the path: a query may hold values, and somebody's API key. */
  readonly path: string;
  /** What CAKE writes about its answer: a word, as in its article ("Success"), or an HTTP status. */
  readonly result: string | null;
  /** The HTTP status, where that is what CAKE writes. */
  readonly httpStatus: number | null;
  readonly user: string | null;
  /** As CAKE writes it: without a zone, in the time of the instance. */
  readonly at: string | null;
}

// The first name of each is the one of CAKE article 13000118790; others are what such columns are called elsewhere.
const COLUMNS = {
  logId: ["log_id", "api_log_id", "id"],
  method: ["request_method", "method", "http_method"],
  url: ["request_url", "url", "request_path", "path"],
  result: ["response_status", "status", "http_status", "status_code"],
  user: ["username", "user", "user_name", "email"],
  at: ["created", "date", "request_date", "time", "timestamp", "date_created", "created_at"],
} as const;

/** The fields of a request for a page of the log: requests by POST only, from a day on where one is given. */
export function logFields(
  since: string | undefined,
  startAtRow: number,
  rowLimit: number,
): Record<string, string | number> {
  return {
    request_method: "POST",
    ...(since === undefined ? {} : { start_date: since }),
    start_at_row: startAtRow,
    row_limit: rowLimit,
  };
}

/** One page of the request log. */
export function readLogPage(answer: HttpAnswer): Reading<Page<LogRow>> {
  const envelope = readEnvelope(answer);
  if (!envelope.ok) return envelope;
  const rows = envelope.value.api_logs ?? envelope.value.logs;
  if (!Array.isArray(rows)) return unexpected("it says Success, but it holds no log");
  return pageOf(rows, (row) => logRow(row) ?? "a request", [envelope.value.total_rows]);
}

// A row that does not tell what was asked for tells nothing; every other column may lack.
function logRow(row: unknown): LogRow | undefined {
  if (!isObject(row)) return undefined;
  const text = (column: keyof typeof COLUMNS) => textOf(COLUMNS[column].map((name) => row[name]));
  const path = pathOf(text("url") ?? "");
  if (path === "") return undefined;
  const id = v.safeParse(integer, text("logId"));
  const result = text("result");
  return {
    logId: id.success ? id.output : undefined,
    method: text("method")?.toUpperCase() ?? null,
    path,
    result,
    httpStatus: result !== null && /^[1-5]\d\d$/.test(result) ? Number(result) : null,
    user: text("user"),
    at: text("at"),
  };
}

/** The first value that says something. */
function textOf(values: readonly unknown[]): string | null {
  const value = values.find(
    (one) => typeof one === "number" || (typeof one === "string" && one.trim() !== ""),
  );
  return value === undefined ? null : String(value).trim();
}

function pathOf(url: string): string {
  const [, path = ""] = /^(?:[a-z]+:\/\/[^/?#\s]*)?([^?#&;\s]*)/i.exec(url) ?? [];
  return path;
}
