import type { FaultPoint } from "./faults";
import type { Operation, RecordedRequest } from "./requests";

/** Which requests are paused, and where. */
export interface PauseOptions {
  /** Before the request has its effect, or after it but before the answer. @default "before" */
  when?: FaultPoint;
  /** How many requests are paused; the others pass. @default 1 */
  times?: number;
  /** Only requests for which this returns true. @default every request */
  where?: (request: RecordedRequest) => boolean;
}

/** Pauses requests at a known point until a test releases them. Tests of concurrency and kills then need no sleeps. */
export class Pause {
  readonly #on: Operation | "any";
  readonly #options: Required<PauseOptions>;
  readonly #arrived: RecordedRequest[] = [];
  readonly #stopped: (() => void)[] = [];
  readonly #watchers = new Set<() => void>();
  #released = false;

  constructor(on: Operation | "any", { when = "before", times = 1, where = () => true }: PauseOptions = {}) {
    this.#on = on;
    this.#options = { when, times, where };
  }

  /** Resolves with the first paused request. */
  get arrived(): Promise<RecordedRequest> {
    return this.arrivals(1).then(([first]) => first as RecordedRequest);
  }

  /** Resolves when `count` requests are paused; rejects if the pause is released before that. */
  arrivals(count: number): Promise<readonly RecordedRequest[]> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (this.#arrived.length >= count) resolve(this.#arrived.slice(0, count));
        else if (this.#released)
          reject(new Error(`Released after ${this.#arrived.length} of ${count} requests.`));
        else return;
        this.#watchers.delete(check);
      };
      this.#watchers.add(check);
      check();
    });
  }

  /** Releases the request that has waited longest. Later ones are still paused. */
  releaseNext(): void {
    this.#stopped.shift()?.();
  }

  /** Releases all requests and pauses no more. */
  release(): void {
    this.#released = true;
    for (const go of this.#stopped.splice(0)) go();
    this.#notifyWatchers();
  }

  /** Waits here if this pause applies to the request at this point. */
  async pass(request: RecordedRequest, point: FaultPoint): Promise<void> {
    if (!this.#isFor(request, point)) return;
    this.#arrived.push(request);
    const gone = new Promise<void>((resolve) => this.#stopped.push(resolve));
    this.#notifyWatchers();
    await gone;
  }

  #isFor(request: RecordedRequest, point: FaultPoint): boolean {
    const { when, times, where } = this.#options;
    if (this.#released || when !== point || this.#arrived.length >= times) return false;
    return (this.#on === "any" || this.#on === request.operation) && where(request);
  }

  #notifyWatchers(): void {
    for (const check of [...this.#watchers]) check();
  }
}
