import type { Clock } from "./clock";

/** What may be saved up while little is called, in seconds of calling: the pages of one list go out at once. */
const BURST_SECONDS = 2;
/** It never falls below this; whoever needs calls still rarer says so with each answer. */
const LEAST_PER_SECOND = 1;

/**
 * How often a call may start: halved when the server asks to slow down, and raised by a hundredth of its highest
 * value with each answer, so that a crowd of calls finds the speed that the server can take and stays close to it.
 */
export class Rate {
  /** Of the highest rate. */
  private percent = 100;
  private saved: number;
  private savedAt: number;
  private loweredAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly mostPerSecond: number,
    private readonly clock: Clock,
  ) {
    this.saved = this.burst();
    this.savedAt = clock.now();
  }

  /** How long until a call may start, in milliseconds. */
  waitMs(): number {
    this.save();
    return this.saved >= 1 ? 0 : Math.ceil(((1 - this.saved) * 1000) / this.perSecond);
  }

  /** A call starts. */
  take(): void {
    this.save();
    this.saved -= 1;
  }

  /** The server asked a call to slow down that was started then. Those that were under way together count once. */
  lower(startedAt: number): void {
    if (startedAt <= this.loweredAt) return;
    this.save();
    this.loweredAt = this.clock.now();
    this.percent = Math.max((LEAST_PER_SECOND / this.mostPerSecond) * 100, this.percent / 2);
    this.saved = 0;
  }

  /** The server answered a call. */
  raise(): void {
    this.save();
    this.percent = Math.min(100, this.percent + 1);
  }

  private save(): void {
    const now = this.clock.now();
    const since = this.saved + ((now - this.savedAt) / 1000) * this.perSecond;
    this.saved = Math.min(this.burst(), since);
    this.savedAt = now;
  }

  private get perSecond(): number {
    return (this.mostPerSecond * this.percent) / 100;
  }

  private burst(): number {
    return BURST_SECONDS * this.perSecond;
  }
}
