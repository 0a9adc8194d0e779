/**
 * Lets the first operation of a kind run alone. The others wait until one has succeeded; if one shows that
 * CAKE does something dangerous, none of those that wait is started.
 */
export class FirstWrite {
  private proven = false;
  private stoppedBy: Error | undefined;
  private turn: Promise<void> = Promise.resolve();

  /** @param operation Is told whether it runs alone, and so has to prove what the others will rely on. */
  async run<T>(operation: (alone: boolean) => Promise<T>): Promise<T> {
    if (this.proven) return operation(false);
    const before = this.turn;
    let pass: () => void = () => undefined;
    this.turn = new Promise((resolve) => {
      pass = resolve;
    });
    try {
      await before;
      if (this.stoppedBy) throw this.stoppedBy;
      // Proven while this one waited: it goes at once, and lets the next one through before it is done.
      if (this.proven) pass();
      const result = await operation(!this.proven);
      // One that was under way when the run was stopped proves nothing.
      this.proven = this.stoppedBy === undefined;
      return result;
    } finally {
      pass();
    }
  }

  /** Ends the run for every operation that has not started. */
  stop(reason: Error): void {
    this.stoppedBy ??= reason;
    this.proven = false;
  }
}
