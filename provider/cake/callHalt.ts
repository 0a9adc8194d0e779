import { Breaker } from "../http/breaker";
import type { Clock } from "../http/clock";
import type { Redact } from "../http/redact";
import { redacted } from "../message";
import type { EndpointName } from "./endpoints";
import { CakeError } from "./errors";
import { type Failure, messages, reasonOf } from "./messages";

/** Why calls of this process are no longer sent: one explanation for all of them instead of a thousand failures. */
export class CallHalt {
  private ended: Error | undefined;
  // CAKE ends an old key at once, and a refused key stays refused: one answer is enough for the whole process.
  private keyRefusal: CakeError | undefined;
  private everAnswered = false;
  private silence: Failure | undefined;
  private wait: { readonly until: number; readonly failure: Failure } | undefined;
  private lastFailure: Failure | undefined;
  private readonly breaker: Breaker;

  constructor(
    /** Calls in flight at once. */
    atOnce: number,
    private readonly clock: Clock,
    private readonly redact: Redact,
  ) {
    // One cut of every connection is no outage yet, and a single call with its retries is none either.
    this.breaker = new Breaker(Math.max(5, 2 * atOnce));
  }

  /** Why a call is not to be sent now; undefined if it may be. */
  reasonFor(endpoint: EndpointName): Error | undefined {
    if (this.ended ?? this.keyRefusal) return this.ended ?? this.keyRefusal;
    const [cause, failure] = this.cause();
    if (failure === undefined) return undefined;
    const { redact } = this;
    // Nothing was sent, so nothing was done: the kind says so to those who ask.
    return new CakeError(
      "unreached",
      endpoint,
      redacted(messages[cause](failure), redact),
      redact(reasonOf(failure)),
    );
  }

  private cause(): ["silence" | "outage" | "wait", Failure | undefined] {
    const now = this.clock.now();
    if (this.silence) return ["silence", this.silence];
    if (this.wait && now < this.wait.until) return ["wait", this.wait.failure];
    return ["outage", this.breaker.isOpen(now) ? this.lastFailure : undefined];
  }

  /** Nothing is to be sent any more, whatever happens. */
  end(reason: Error): void {
    this.ended ??= reason;
  }

  /** An attempt is being sent. */
  sending(): void {
    this.breaker.begin();
  }

  /** CAKE answered something that makes sense, if only a refusal. */
  answered(): void {
    this.notSilent();
    this.breaker.answered();
  }

  /** An attempt got no answer, or heard that CAKE is broken. */
  failed(failure: Failure): void {
    if (failure.status !== undefined && !failure.silent) this.notSilent();
    this.lastFailure = failure;
    this.breaker.failed(this.clock.now());
  }

  keyRefused(error: CakeError): void {
    this.keyRefusal = error;
  }

  /** CAKE wants to be left alone for longer than any operation may take. */
  askedToWait(ms: number, failure: Failure): void {
    this.wait = { until: this.clock.now() + ms, failure };
  }

  /** A call has ended, retries and all, without a word from the other end. */
  endedInSilence(failure: Failure): void {
    if (!this.everAnswered) this.silence ??= failure;
  }

  private notSilent(): void {
    this.everAnswered = true;
    this.silence = undefined;
  }
}
