import type { Reading } from "../../cake/envelope";
import type { CakeErrorKind } from "../../cake/errors";
import type { Clock } from "../../http/clock";
import { type AttemptFailure, retryAfterMs, retryDelay } from "../../http/retry";
import type { HttpAnswer, HttpOutcome, Transport } from "../../http/transport";
import type { Sign } from "./fact";

export interface LineOptions {
  /** Scheme, host and port of the instance. */
  readonly origin: string;
  readonly apiKey: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly requestTimeoutMs: number;
  readonly operationTimeoutMs: number;
}

/** One thing to ask for. There is no method: the line only ever sends a GET. */
export interface Question<T> {
  readonly path: string;
  readonly fields?: Readonly<Record<string, string | number>>;
  /** A question without the key can do nothing that a stranger could not do. */
  readonly key: "with" | "without";
  readonly read: (answer: HttpAnswer) => Reading<T>;
}

export type Heard<T> =
  | { readonly ok: true; readonly value: T; readonly ms: number }
  | { readonly ok: false; readonly kind: CakeErrorKind; readonly what: string; readonly sign?: Sign };

/** The line to one instance: asks, and notes how long each answer took. */
export class Line {
  /** How long each answer took, in milliseconds. */
  readonly answerTimes: number[] = [];
  /** How often CAKE asked to slow down. */
  throttled = 0;

  constructor(private readonly options: LineOptions) {}

  get origin(): string {
    return this.options.origin;
  }

  async ask<T>(question: Question<T>): Promise<Heard<T>> {
    const { clock, operationTimeoutMs } = this.options;
    const deadline = clock.now() + operationTimeoutMs;
    for (let attempt = 1; ; attempt += 1) {
      const { outcome, ms } = await this.send(question, deadline);
      const heard = hear(outcome, ms, question.read);
      if (!heard.ok && heard.kind === "throttled") this.throttled += 1;
      const delay = heard.ok ? "stop" : this.delayAfter(heard.kind, attempt, outcome, deadline);
      if (delay === "stop") return heard;
      await clock.sleep(delay);
    }
  }

  private async send<T>(
    { path, fields = {}, key }: Question<T>,
    deadline: number,
  ): Promise<{ outcome: HttpOutcome; ms: number }> {
    const { origin, apiKey, transport, clock, requestTimeoutMs } = this.options;
    const url = new URL(path, origin);
    if (key === "with") url.searchParams.set("api_key", apiKey);
    for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, String(value));
    const start = clock.now();
    const timeoutMs = Math.max(1, Math.min(requestTimeoutMs, deadline - start));
    const outcome = await transport.send({ method: "GET", url, timeoutMs });
    const ms = clock.now() - start;
    if (outcome.kind === "answer") this.answerTimes.push(ms);
    return { outcome, ms };
  }

  // As long as nothing was ever answered, a call that hangs is the finding, and asking again would only take
  // longer. Later it is a slip, and the provider would ask again, too.
  private delayAfter(
    kind: CakeErrorKind,
    attempt: number,
    outcome: HttpOutcome,
    deadline: number,
  ): number | "stop" {
    if (!isRetryable(kind) || this.answerTimes.length === 0) return "stop";
    const { clock } = this.options;
    const askedFor = outcome.kind === "answer" ? retryAfterMs(outcome.retryAfter, outcome.date) : undefined;
    const remainingMs = deadline - clock.now();
    const failed = {
      ...{ failure: kind, repeat: "harmless" as const },
      ...{ attempt, retryAfterMs: askedFor, remainingMs },
    };
    return retryDelay(failed, clock.random());
  }
}

function isRetryable(kind: CakeErrorKind): kind is AttemptFailure {
  return kind === "unreached" || kind === "lost" || kind === "throttled";
}

function hear<T>(outcome: HttpOutcome, ms: number, read: Question<T>["read"]): Heard<T> {
  if (outcome.kind !== "answer") {
    const { kind, what } = outcome;
    return { ok: false, kind, what, sign: kind === "unreached" ? "unreached" : "silence" };
  }
  const reading = read(outcome);
  if (reading.ok) return { ok: true, value: reading.value, ms };
  const { kind } = reading;
  const what = kind === "webPage" ? `a web page came instead of data (${reading.what})` : reading.what;
  const sign = signOf(outcome, kind);
  return { ok: false, kind, what, ...(sign === undefined ? {} : { sign }) };
}

function signOf({ status, text }: HttpAnswer, kind: CakeErrorKind): Sign | undefined {
  if (kind === "key") return "keyRefused";
  if (kind === "webPage") return "webPage";
  if (status >= 300 && status < 400) return "redirect";
  return status < 300 && text.trim() === "" ? "emptyAnswer" : undefined;
}
