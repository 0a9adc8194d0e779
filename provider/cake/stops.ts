import { Breaker } from "../http/breaker";
import type { Clock } from "../http/clock";
import type { Redact } from "../http/redact";
import type { EndpointName } from "./endpoints";
import { CakeError } from "./errors";
import { explainStop, type Failure, type StopCause } from "./explain";

/** Why calls of this process are no longer sent: one explanation for all of them instead of a thousand failures. */
export class Stops {
  // CAKE kills an old key at once, and a refused key stays refused: one answer is enough for the whole process.
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
  reasonFor(endpoint: EndpointName): CakeError | undefined {
    if (this.keyRefusal) return this.keyRefusal;
    const [cause, failure] = this.cause();
    // Nothing was sent, so nothing was done: the kind says so to those who ask.
    return failure && new CakeError("unreached", endpoint, this.redact(explainStop(cause, failure)));
  }

  private cause(): [StopCause, Failure | undefined] {
    const now = this.clock.now();
    if (this.silence) return ["silence", this.silence];
    if (this.wait && now < this.wait.until) return ["wait", this.wait.failure];
    return ["outage", this.breaker.isOpen(now) ? this.lastFailure : undefined];
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
