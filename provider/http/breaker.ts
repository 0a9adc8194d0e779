/** How long nothing is sent before one call may find out whether the server is back, in milliseconds. */
export const PROBE_EVERY_MS = 10_000;

/**
 * Ends the calling of a server that does not answer any more: after a number of failures with no answer between
 * them it is open, and nothing is to be sent. From time to time one call is let through as a probe; any answer
 * closes it.
 */
export class Breaker {
  private failures = 0;
  private openUntil: number | undefined;
  private probing = false;

  constructor(
    /** Failures in a row that open it. */
    private readonly limit: number,
  ) {}

  /** Whether a call is to fail without being sent. */
  isOpen(now: number): boolean {
    return this.openUntil !== undefined && (this.probing || now < this.openUntil);
  }

  /** A call is being sent. */
  begin(): void {
    this.probing = this.openUntil !== undefined;
  }

  /** The server answered something, whatever it was. */
  answered(): void {
    this.failures = 0;
    this.openUntil = undefined;
    this.probing = false;
  }

  /** A call got no answer, or the server said that it is broken. */
  failed(now: number): void {
    this.failures += 1;
    if (this.failures < this.limit) return;
    this.openUntil = now + PROBE_EVERY_MS;
    this.probing = false;
  }
}
