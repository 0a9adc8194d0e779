import type { Clock } from "./clock";

export interface PaceLimits {
  /** Calls in flight at once. */
  readonly atOnce: number;
}

/** Keeps the calls of one process to a number in flight, and holds all of them back when the server asks for it. */
export class Pace {
  private inFlight = 0;
  private readonly waiting: (() => void)[] = [];
  private heldUntil = 0;

  constructor(
    private readonly limits: PaceLimits,
    private readonly clock: Clock,
  ) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      await this.untilReleased();
      return await task();
    } finally {
      this.leave();
    }
  }

  /** Holds every call back that has not started yet, because the server told one of them to wait. */
  holdBack(ms: number): void {
    this.heldUntil = Math.max(this.heldUntil, this.clock.now() + ms);
  }

  private async enter(): Promise<void> {
    if (this.inFlight < this.limits.atOnce) {
      this.inFlight += 1;
      return;
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.inFlight -= 1;
  }

  private async untilReleased(): Promise<void> {
    for (let wait = this.heldUntil - this.clock.now(); wait > 0; wait = this.heldUntil - this.clock.now()) {
      await this.clock.sleep(wait);
    }
  }
}
