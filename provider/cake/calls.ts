import { RetryBudget } from "../http/budget";
import type { Clock } from "../http/clock";
import type { Pace } from "../http/pace";
import type { Redact } from "../http/redact";
import { type AttemptFailure, type Repeat, retryAfterMs, retryDelay } from "../http/retry";
import type { HttpAnswer, HttpFailure, HttpOutcome, Transport } from "../http/transport";
import { type EndpointName, endpoints } from "./endpoints";
import type { Misreading, Reading } from "./envelope";
import { CakeError } from "./errors";
import { explain, type Failure } from "./explain";
import { Stops } from "./stops";

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
  /** Asked before every write, which may have waited long: throws or never returns if nobody wants it any more. */
  readonly permitWrite: () => Promise<void>;
}

export type Fields = Readonly<Record<string, string | number>>;

export interface Call<T> {
  readonly endpoint: EndpointName;
  readonly path: string;
  readonly fields: Fields;
  readonly repeat: Repeat;
  readonly read: (answer: HttpAnswer) => Reading<T>;
}

/** A call on its way through its attempts. */
interface Operation {
  /** When its time is over. Moves on while the call waits for its turn. */
  deadline: number;
  /** When its latest attempt was sent; undefined before the first. */
  sentAt: number | undefined;
  throttled: number;
  otherFailures: number;
  /** The failure of an attempt that may have been acted on. */
  lost: CakeError | undefined;
}

/** Makes the calls of one process: each in its turn, again where that is safe, and none where it is useless. */
export class Calls {
  private readonly budget = new RetryBudget();
  private readonly stops: Stops;

  constructor(private readonly options: CallOptions) {
    this.stops = new Stops(options.pace.atOnce, options.clock, options.redact);
  }

  async make<T>(call: Call<T>): Promise<T> {
    const { clock, pace, operationTimeoutMs } = this.options;
    const operation: Operation = {
      deadline: clock.now() + operationTimeoutMs,
      ...{ sentAt: undefined, throttled: 0, otherFailures: 0, lost: undefined },
    };
    for (;;) {
      const outcome = await this.attempt(call, operation).catch((unsent: unknown) => {
        // An attempt that may have been acted on is not undone by a later one that was never sent.
        throw operation.lost ?? unsent;
      });
      const reading = outcome.kind === "answer" ? call.read(outcome) : unanswered(outcome);
      if (reading.ok) {
        this.noteAnswer();
        return reading.value;
      }
      const failure = this.failureOf(call, reading, outcome);
      const error = this.errorOf(failure);
      this.noteFailure(failure, error, operation);
      const delay = this.delayBeforeRetry(call.repeat, failure, operation);
      if (delay === "stop" && failure.silent) this.stops.endedInSilence(failure);
      const stopped = this.stops.reasonFor(call.endpoint) !== undefined;
      if (stopped) pace.wake();
      if (delay === "stop") throw error.outcomeUnknown ? error : (operation.lost ?? error);
      if (error.outcomeUnknown) operation.lost = error;
      if (!stopped) await pace.pause(delay);
    }
  }

  private attempt<T>(call: Call<T>, operation: Operation): Promise<HttpOutcome> {
    const { pace, clock, permitWrite } = this.options;
    const queuedAt = clock.now();
    const permit = () => {
      const stop = this.stops.reasonFor(call.endpoint);
      if (stop) throw stop;
    };
    const send = async () => {
      operation.deadline += clock.now() - queuedAt;
      if (endpoints[call.endpoint].does === "write") await permitWrite();
      permit();
      return this.send(call, operation);
    };
    return pace.run(send, { again: operation.sentAt !== undefined, permit });
  }

  private send<T>({ endpoint, path, fields }: Call<T>, operation: Operation): Promise<HttpOutcome> {
    const { origin, apiKey, transport, clock, requestTimeoutMs } = this.options;
    const { method, keyIn } = endpoints[endpoint];
    const timeoutMs = Math.min(requestTimeoutMs, operation.deadline - clock.now());
    // Sent all the same, with no time left for an answer, a create would end unclear for nothing.
    if (timeoutMs <= 0) throw new CakeError("unreached", endpoint, TOO_LATE);
    const url = new URL(path, origin);
    const all = { api_key: apiKey, ...fields };
    if (keyIn === "query")
      for (const [name, value] of Object.entries(all)) url.searchParams.set(name, String(value));
    operation.sentAt = clock.now();
    this.stops.sending();
    return transport.send({
      ...{ method, url, timeoutMs },
      body: keyIn === "body" ? JSON.stringify(all) : undefined,
    });
  }

  private noteAnswer(): void {
    this.stops.answered();
    this.options.pace.speedUp();
    this.budget.earn();
  }

  private noteFailure(failure: Failure, error: CakeError, operation: Operation): void {
    const { pace, clock, operationTimeoutMs } = this.options;
    const asRetry = retryableAs(failure);
    if (asRetry === undefined) {
      this.noteAnswer();
      if (failure.kind === "key") this.stops.keyRefused(error);
    } else if (asRetry === "throttled") {
      operation.throttled += 1;
      this.stops.answered();
      pace.slowDown(operation.sentAt ?? clock.now());
    } else {
      operation.otherFailures += 1;
      this.stops.failed(failure);
    }
    const { askedToWaitMs = 0 } = failure;
    if (askedToWaitMs < operationTimeoutMs) pace.holdBack(askedToWaitMs);
    else this.stops.askedToWait(askedToWaitMs, failure);
  }

  private delayBeforeRetry(repeat: Repeat, failure: Failure, operation: Operation): number | "stop" {
    const { clock, pace } = this.options;
    const asRetry = retryableAs(failure);
    if (asRetry === undefined) return "stop";
    const isThrottled = asRetry === "throttled";
    const delay = retryDelay(
      {
        ...{ failure: asRetry, repeat, retryAfterMs: failure.askedToWaitMs },
        attempt: isThrottled ? operation.throttled : operation.otherFailures,
        remainingMs: operation.deadline - clock.now(),
      },
      clock.random(),
    );
    if (delay === "stop") return "stop";
    if (!isThrottled) return this.budget.spend() ? delay : "stop";
    pace.holdBack(delay);
    return delay;
  }

  private failureOf<T>(
    { endpoint, path }: Call<T>,
    { kind, what }: Misreading | Unanswered,
    outcome: HttpOutcome,
  ): Failure {
    const { origin, clock } = this.options;
    const isAnswer = outcome.kind === "answer";
    return {
      ...{ kind, what, endpoint, origin, path, silent: isSilent(outcome) },
      status: isAnswer ? outcome.status : undefined,
      askedToWaitMs: isAnswer ? retryAfterMs(outcome.retryAfter, clock.now()) : undefined,
    };
  }

  private errorOf(failure: Failure): CakeError {
    const message = this.options.redact(explain(failure));
    return new CakeError(failure.kind, failure.endpoint, message, failure.status);
  }
}

const TOO_LATE =
  "The call to CAKE was not sent again: the time that cake:operationTimeout allows was over. The attempts before it did nothing. Run again, with a longer cake:operationTimeout if this goes on.";

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
