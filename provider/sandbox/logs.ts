import type { Behaviour } from "./behaviour";
import type { Operation, RecordedRequest } from "./requests";
import type { LogsRequest } from "./wire";

const DEFAULT_ROWS = 25;
const MAX_ROWS = 500;
// CAKE logs no request that never reached it, or for which it has no endpoint.
const UNLOGGED: ReadonlySet<Operation> = new Set(["unknown"]);

/** One page of CAKE's request log, with the columns of CAKE article 13000118790: no bodies, and never the API key. */
export function logsPage(
  requests: readonly RecordedRequest[],
  { start_at_row = 0, row_limit = DEFAULT_ROWS, ...filter }: LogsRequest,
  order: Behaviour["logOrder"],
): { api_logs: unknown[]; total_rows: number } {
  const wanted = requests.filter((request) => isLogged(request) && isWanted(request, filter));
  if (order === "newestFirst") wanted.reverse();
  const page = wanted.slice(start_at_row, start_at_row + Math.min(row_limit, MAX_ROWS));
  return { api_logs: page.map(logRow), total_rows: wanted.length };
}

// A request is logged when it is answered, so a request that reads the log does not see itself.
function isLogged({ operation, reached, requestStatus, status }: RecordedRequest): boolean {
  return reached && !UNLOGGED.has(operation) && (requestStatus !== undefined || status !== undefined);
}

// The sandbox has only one user, so the user ID does not matter.
function isWanted(
  { method, at }: RecordedRequest,
  { request_method, start_date = "0", end_date = "9" }: LogsRequest,
): boolean {
  const day = timeOf(at).slice(0, 10);
  return (request_method ?? method) === method && start_date <= day && day <= end_date;
}

function logRow({ number, method, path, requestStatus, at }: RecordedRequest): Record<string, unknown> {
  return {
    log_id: number,
    username: "sandbox",
    request_method: method,
    request_url: path,
    // CAKE logs its answer even if the answer was lost on the way. No article names another status.
    response_status: requestStatus ?? "Failure",
    created: timeOf(at),
  };
}

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}
