import type { Clock } from "./clock";
import { Rate } from "./rate";

export interface PaceLimits {
  /** Calls in flight at once. */
  readonly atOnce: number;
  /** Calls that start in one second, on average. At least 1. */
  readonly perSecond: number;
}

export interface Turn {
  /** Goes before all that have not been called yet: what has begun is to end. */
  readonly again?: boolean;
  /** Asked whenever the call would go on waiting, and before it starts: throws if it is no longer to be made. */
  readonly permit?: () => void;
}

/**
 * The pace at which one process calls: a number in flight, and a number in a second that falls when the server
 * asks to slow down. Bulk work waits here instead of failing, for as long as it takes.
 */
export class Pace {
  private inFlight = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly waitingAgain: (() => void)[] = [];
  private readonly rate: Rate;
  private heldUntil = Number.NEGATIVE_INFINITY;
  private start: Promise<void> = Promise.resolve();
  /** Each ends one wait early. */
  private readonly wakers = new Set<() => void>();

  constructor(
    private readonly limits: PaceLimits,
    private readonly clock: Clock,
  ) {
    this.rate = new Rate(limits.perSecond, clock);
  }

  get atOnce(): number {
    return this.limits.atOnce;
  }

  async run<T>(call: () => Promise<T>, { again = false, permit = () => undefined }: Turn = {}): Promise<T> {
    await this.enter(again, permit);
    try {
      await this.started(permit);
      return await call();
    } finally {
      this.leave();
    }
  }

  /** Holds every call back that has not started yet, because the server asked one of them to wait. */
  holdBack(ms: number): void {
    this.heldUntil = Math.max(this.heldUntil, this.clock.now() + ms);
  }

  /** The server asked a call to slow down that was started then. */
  slowDown(startedAt: number): void {
    this.rate.lower(startedAt);
  }

  /** The server answered a call. */
  speedUp(): void {
    this.rate.raise();
  }

  /** Waits, unless something happens meanwhile that makes waiting useless. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        this.wakers.delete(end);
        resolve();
      };
      this.wakers.add(end);
      void this.clock.sleep(ms).then(end);
    });
  }

  /** Asks each call that waits for anything whether it is still to be made. */
  wake(): void {
    for (const end of [...this.wakers]) end();
  }

  private async enter(again: boolean, permit: () => void): Promise<void> {
    if (this.inFlight < this.limits.atOnce) {
      this.inFlight += 1;
      return;
    }
    permit();
    const line = again ? this.waitingAgain : this.waiting;
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        this.wakers.delete(askAgain);
        resolve();
      };
      const askAgain = () => {
        try {
          permit();
        } catch (error) {
          this.wakers.delete(askAgain);
          line.splice(line.indexOf(enter), 1);
          reject(error);
        }
      };
      this.wakers.add(askAgain);
      line.push(enter);
    });
  }

  private leave(): void {
    const next = this.waitingAgain.shift() ?? this.waiting.shift();
    if (next) next();
    else this.inFlight -= 1;
  }

  // One after the other, so that they start in the order in which they came.
  private started(permit: () => void): Promise<void> {
    const mine = this.start.then(() => this.untilDue(permit));
    this.start = mine.catch(() => undefined);
    return mine;
  }

  private async untilDue(permit: () => void): Promise<void> {
    permit();
    for (let wait = this.waitMs(); wait > 0; wait = this.waitMs()) {
      await this.pause(wait);
      permit();
    }
    this.rate.take();
  }

  private waitMs(): number {
    return Math.max(this.heldUntil - this.clock.now(), this.rate.waitMs());
  }
}
