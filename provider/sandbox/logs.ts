import type { Operation, RecordedRequest } from "./requests";

/**
 * CAKE's request log, the only record of what reached it. Documented: the path, the paging and the columns
 * method, url, response_status, user. The name of the time column and the order are assumed.
 */
export const LOGS = { method: "GET", path: "/api/2/api_logs.json", keyIn: "query" } as const;

const DEFAULT_ROWS = 25;
const MAX_ROWS = 500;
// No row can be for a request that never got to CAKE, or that CAKE has no endpoint for.
const UNLOGGED: ReadonlySet<Operation> = new Set(["unknown"]);

/** One page of the log, the latest request first. It holds no bodies, and never the API key. */
export function logsPage(
  requests: readonly RecordedRequest[],
  {
    start_at_row = 0,
    row_limit = DEFAULT_ROWS,
  }: { start_at_row?: number | undefined; row_limit?: number | undefined },
): { api_logs: unknown[]; total_rows: number } {
  const rows = requests.filter((request) => request.reached && !UNLOGGED.has(request.operation)).reverse();
  const page = rows.slice(start_at_row, start_at_row + Math.min(row_limit, MAX_ROWS));
  return { api_logs: page.map(logRow), total_rows: rows.length };
}

function logRow(request: RecordedRequest): Record<string, unknown> {
  return {
    method: request.method,
    url: urlOf(request),
    // CAKE logs what it answered, also where the answer was lost on the way.
    response_status: request.status ?? 200,
    user: "sandbox",
    date: new Date(request.at).toISOString().slice(0, 19).replace("T", " "),
  };
}

function urlOf({ method, path, fields }: RecordedRequest): string {
  const query = new URLSearchParams();
  for (const [field, value] of Object.entries(fields)) query.append(field, String(value));
  return method === "GET" && query.size > 0 ? `${path}?${query}` : path;
}
