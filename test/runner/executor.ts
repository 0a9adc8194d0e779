// Runs chains of steps, several at a time, until one fails.
import { withResolvers } from "./async";
import type { Step } from "./steps/step";

export interface ExecutorContext {
  parallel: number;
  execute(step: Step): Promise<void>;
  /** Says whether the run goes on. */
  onError(error: unknown, step: Step): "continue" | "stop";
}

export class Executor {
  private readonly running = new Set<Promise<void>>();
  private readonly waiting: (() => void)[] = [];
  private free: number;
  private readonly stopped = withResolvers<void>();
  private isStopped = false;

  constructor(private readonly context: ExecutorContext) {
    this.free = context.parallel;
  }

  get cancelled(): boolean {
    return this.isStopped;
  }

  /** Resolves when the run is cancelled. */
  get cancellation(): Promise<void> {
    return this.stopped.promise;
  }

  /** No further step begins; those that run go on to their end. */
  cancel(): void {
    this.isStopped = true;
    this.stopped.resolve();
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Resolves when a worker has taken the chain; the result settles when the chain is done. */
  async submit(chain: Step[]): Promise<{ done: Promise<void> }> {
    if (chain.length === 0) return { done: Promise.resolve() };
    while (this.free === 0 && !this.isStopped)
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.isStopped) return { done: Promise.resolve() };
    this.free -= 1;
    const done = this.runChain(chain).finally(() => {
      this.free += 1;
      this.running.delete(done);
      this.waiting.shift()?.();
    });
    this.running.add(done);
    return { done };
  }

  async runTogether(steps: Step[]): Promise<void> {
    const accepted: Promise<void>[] = [];
    for (const step of steps) accepted.push((await this.submit([step])).done);
    await Promise.all(accepted);
  }

  async idle(): Promise<void> {
    await Promise.all(this.running);
  }

  private async runChain(chain: Step[]): Promise<void> {
    for (const step of chain) {
      if (this.isStopped) return;
      try {
        await this.context.execute(step);
      } catch (error) {
        if (this.context.onError(error, step) === "stop") this.cancel();
        return;
      }
    }
  }
}
