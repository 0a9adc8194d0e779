/** What a second sending of the same request would do at the other end. */
export type Repeat =
  /** Nothing, or the same again: reads, and updates that set values. */
  | "harmless"
  /** A second record: never sent again unless the first provably did nothing. */
  | "duplicates";

/** How an attempt failed, as far as a retry needs to know. */
export type AttemptFailure =
  /** No connection was made, so nothing was done. */
  | "unreached"
  /** The server asked to slow down, and by that did nothing. */
  | "throttled"
  /** The request went out and no whole answer came back, or the server said that it broke (5xx). */
  | "lost";

export interface FailedAttempt {
  readonly failure: AttemptFailure;
  readonly repeat: Repeat;
  /** How many attempts of the call failed, this one included. Throttled ones and others are counted apart. */
  readonly attempt: number;
  /** What the server asked for, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** What is left of the operation's time, in milliseconds. */
  readonly remainingMs: number;
}

/** Attempts of one call, the first included. Throttling does not count: it ends with the operation's time. */
const MAX_ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 500;
const THROTTLED_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 20_000;

/** How long to wait before the next attempt, in milliseconds, or "stop". Pure: chance comes in as `random`. */
export function retryDelay(failed: FailedAttempt, random: number): number | "stop" {
  if (failed.repeat === "duplicates" && failed.failure === "lost") return "stop";
  if (failed.failure !== "throttled" && failed.attempt >= MAX_ATTEMPTS) return "stop";
  const delay = Math.max(backoff(failed, random), failed.retryAfterMs ?? 0);
  return delay < failed.remainingMs ? delay : "stop";
}

// Full jitter, as AWS describes it: a crowd that failed together does not come back together.
function backoff({ failure, attempt }: FailedAttempt, random: number): number {
  const first = failure === "throttled" ? THROTTLED_BACKOFF_MS : FIRST_BACKOFF_MS;
  return Math.round(random * Math.min(MAX_BACKOFF_MS, first * 2 ** (attempt - 1)));
}

/**
 * A `Retry-After` header in milliseconds: it holds either seconds or a date. A date is compared with the server's own
 * clock, as its `Date` header shows it: the clock of this machine may be wrong. Undefined if neither can be read.
 */
export function retryAfterMs(header: string | null, serverDate: string | null): number | undefined {
  const text = header?.trim() ?? "";
  if (/^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text)) return notNegative(Number(text) * 1000);
  // Only what begins with the name of a day is a date in HTTP; a date parser would make one of "retry 5", too.
  const isDate = /^(mon|tue|wed|thu|fri|sat|sun)/i.test(text);
  return isDate ? notNegative(Date.parse(text) - Date.parse(serverDate ?? "")) : undefined;
}

function notNegative(ms: number): number | undefined {
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
