import type { Clock } from "../http/clock";
import type { Pace } from "../http/pace";
import type { Redact } from "../http/redact";
import { type AttemptFailure, type Repeat, retryAfterMs, retryDelay } from "../http/retry";
import type { HttpAnswer, HttpFailure, HttpOutcome, Transport } from "../http/transport";
import { redacted } from "../message";
import { CallHalt } from "./callHalt";
import { type CallLog, type CallRecord, type CallSubject, recordOf } from "./callLog";
import { type EndpointName, endpoints } from "./endpoints";
import type { Misreading, Reading } from "./envelope";
import { CakeError, type CakeErrorKind, isCakeError } from "./errors";
import { type Failure as FailedCall, messages, reasonOf } from "./messages";

export interface CallOptions {
  /** Scheme, host and port of the instance. */
  readonly origin: string;
  readonly apiKey: string;
  /** How long one attempt may take, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** How long one call may take with all its attempts, in milliseconds. Waiting for a turn does not count. */
  readonly operationTimeoutMs: number;
  readonly transport: Transport;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly redact: Redact;
  /** Records each attempt, where a person asked for that. */
  readonly log?: CallLog | undefined;
}

export type Fields = Readonly<Record<string, string | number>>;

export interface Call<T> {
  readonly endpoint: EndpointName;
  readonly path: string;
  readonly fields: Fields;
  readonly repeat: Repeat;
  readonly read: (answer: HttpAnswer) => Reading<T>;
  readonly subject: CallSubject;
  /** What the log says of a usable answer. */
  readonly summary: (value: T) => Pick<CallRecord, "postbackId" | "rows">;
  /** Awaited right before each sending, after every wait. What it throws ends the call as it is. */
  readonly beforeSend?: (() => Promise<void>) | undefined;
  /** Takes secrets out of what CAKE says to this call. */
  readonly redact: Redact;
}

/** A call on its way through its attempts. */
interface Operation {
  /** When its time is over. Moves on while the call waits for its turn. */
  deadline: number;
  /** When its latest attempt was sent; undefined before the first. */
  sentAt: number | undefined;
  /** How often it was sent. */
  attempts: number;
  throttled: number;
  otherFailures: number;
  /** The failure of an attempt that may have been acted on. */
  lost: CakeError | undefined;
}

/** Makes the calls of one process: each in its turn, again where that is safe, and none where it is useless. */
export class Calls {
  private readonly halted: CallHalt;
  private readonly writes = new Set<Promise<unknown>>();

  constructor(private readonly options: CallOptions) {
    this.halted = new CallHalt(options.pace.atOnce, options.clock, options.redact);
  }

  /** See `CakeClient.halt`. */
  halt(reason: Error): void {
    this.halted.end(reason);
    this.options.pace.wake();
  }

  /** See `CakeClient.writesSettled`. */
  async writesSettled(): Promise<void> {
    while (this.writes.size > 0) await Promise.allSettled(this.writes);
  }

  async make<T>(call: Call<T>): Promise<T> {
    const { clock, pace, operationTimeoutMs, log } = this.options;
    log?.open();
    const operation: Operation = {
      deadline: clock.now() + operationTimeoutMs,
      sentAt: undefined,
      attempts: 0,
      throttled: 0,
      otherFailures: 0,
      lost: undefined,
    };
    for (;;) {
      const outcome = await this.attempt(call, operation).catch((unsent: unknown) => {
        // An attempt that may have been acted on is not undone by a later one that was never sent.
        throw isCakeError(unsent) ? (operation.lost ?? unsent) : unsent;
      });
      const reading = outcome.kind === "answer" ? call.read(outcome) : unanswered(outcome);
      this.record(call, operation, outcome, reading);
      if (reading.ok) {
        this.noteAnswer();
        return reading.value;
      }
      const failure = this.failureOf(call, reading, outcome);
      const error = errorOf(failure, call.redact);
      this.noteFailure(failure, error, operation);
      const delay = this.delayBeforeRetry(call.repeat, failure, operation);
      if (delay === "stop" && failure.silent) this.halted.endedInSilence(failure);
      const isHalted = this.halted.reasonFor(call.endpoint) !== undefined;
      if (isHalted) pace.wake();
      if (delay === "stop") throw error.outcomeUnknown ? error : (operation.lost ?? error);
      if (error.outcomeUnknown) operation.lost = error;
      if (!isHalted) await pace.pause(delay);
    }
  }

  private attempt<T>(call: Call<T>, operation: Operation): Promise<HttpOutcome> {
    const { pace, clock } = this.options;
    const queuedAt = clock.now();
    const permit = () => {
      const reason = this.halted.reasonFor(call.endpoint);
      if (reason) throw reason;
    };
    const send = async () => {
      await call.beforeSend?.();
      operation.deadline += clock.now() - queuedAt;
      permit();
      return this.send(call, operation);
    };
    return pace.run(send, { again: operation.sentAt !== undefined, permit });
  }

  private send<T>({ endpoint, path, fields }: Call<T>, operation: Operation): Promise<HttpOutcome> {
    const { origin, apiKey, transport, clock, requestTimeoutMs } = this.options;
    const { method, keyIn, does } = endpoints[endpoint];
    // A clock may count parts of a millisecond, and Node takes whole ones only.
    const timeoutMs = Math.floor(Math.min(requestTimeoutMs, operation.deadline - clock.now()));
    // Sent all the same, with no time left for an answer, a create would end unclear for nothing.
    if (timeoutMs <= 0) throw new CakeError("unreached", endpoint, messages.tooLate());
    const url = new URL(path, origin);
    const all = { api_key: apiKey, ...fields };
    if (keyIn === "query")
      for (const [name, value] of Object.entries(all)) url.searchParams.set(name, String(value));
    operation.sentAt = clock.now();
    operation.attempts += 1;
    this.halted.sending();
    const body = keyIn === "body" ? JSON.stringify(all) : undefined;
    const sent = transport.send({ method, url, timeoutMs, body });
    if (does === "write") {
      this.writes.add(sent);
      const settle = () => void this.writes.delete(sent);
      sent.then(settle, settle);
    }
    return sent;
  }

  private record<T>(
    { endpoint, path, subject, summary, redact }: Call<T>,
    { attempts, sentAt = 0 }: Operation,
    outcome: HttpOutcome,
    reading: Reading<T> | Unanswered,
  ): void {
    const { origin, clock, log } = this.options;
    const { method } = endpoints[endpoint];
    const judged = reading.ok
      ? ({ outcome: "ok", what: undefined } as const)
      : { outcome: reading.kind, what: reading.what };
    const ms = Math.round(clock.now() - sentAt);
    log?.write({
      ...recordOf({
        origin,
        endpoint,
        path,
        method,
        attempt: attempts,
        ms,
        sent: outcome,
        redact,
        ...judged,
      }),
      ...subject,
      ...(reading.ok ? summary(reading.value) : {}),
    });
  }

  private noteAnswer(): void {
    this.halted.answered();
    this.options.pace.speedUp();
  }

  private noteFailure(failure: Failure, error: CakeError, operation: Operation): void {
    const { pace, clock, operationTimeoutMs } = this.options;
    const asRetry = retryableAs(failure);
    if (asRetry === undefined) {
      this.noteAnswer();
      if (failure.kind === "key") this.halted.keyRefused(error);
    } else if (asRetry === "throttled") {
      operation.throttled += 1;
      this.halted.answered();
      pace.slowDown(operation.sentAt ?? clock.now());
    } else {
      operation.otherFailures += 1;
      this.halted.failed(failure);
    }
    const { askedToWaitMs = 0 } = failure;
    if (askedToWaitMs < operationTimeoutMs) pace.holdBack(askedToWaitMs);
    else this.halted.askedToWait(askedToWaitMs, failure);
  }

  private delayBeforeRetry(repeat: Repeat, failure: Failure, operation: Operation): number | "stop" {
    const { clock, pace } = this.options;
    const asRetry = retryableAs(failure);
    if (asRetry === undefined) return "stop";
    const isThrottled = asRetry === "throttled";
    const delay = retryDelay(
      {
        failure: asRetry,
        repeat,
        retryAfterMs: failure.askedToWaitMs,
        attempt: isThrottled ? operation.throttled : operation.otherFailures,
        remainingMs: operation.deadline - clock.now(),
      },
      clock.random(),
    );
    if (delay === "stop") return "stop";
    if (isThrottled) pace.holdBack(delay);
    return delay;
  }

  private failureOf<T>(
    { endpoint, path }: Call<T>,
    { kind, what }: Misreading | Unanswered,
    outcome: HttpOutcome,
  ): Failure {
    const { origin } = this.options;
    const isAnswer = outcome.kind === "answer";
    return {
      kind,
      what,
      endpoint,
      origin,
      path,
      silent: isSilent(outcome),
      status: isAnswer ? outcome.status : undefined,
      askedToWaitMs: isAnswer ? retryAfterMs(outcome.retryAfter, outcome.date) : undefined,
    };
  }
}

function errorOf(failure: Failure, redact: Redact): CakeError {
  const { kind, endpoint, status } = failure;
  const message = redacted(messages[kind](failure), redact);
  return new CakeError(kind, endpoint, message, redact(reasonOf(failure)), status);
}

/** A failed call, by its kind. */
interface Failure extends FailedCall {
  readonly kind: CakeErrorKind;
}

interface Unanswered {
  readonly ok: false;
  readonly kind: "unreached" | "lost";
  readonly what: string;
}

function unanswered({ kind, what }: HttpFailure): Unanswered {
  return { ok: false, kind, what };
}

// Nothing at all is what an address sees that CAKE ignores: a hang, or an empty answer.
function isSilent(outcome: HttpOutcome): boolean {
  if (outcome.kind !== "answer") return outcome.silent === true;
  return outcome.status >= 200 && outcome.status < 300 && outcome.text.trim() === "";
}

/** What the failure is to a retry; undefined where the answer is final. */
function retryableAs({ kind, silent }: Failure): AttemptFailure | undefined {
  if (kind === "unreached" || kind === "lost" || kind === "throttled") return kind;
  return silent ? "lost" : undefined;
}
