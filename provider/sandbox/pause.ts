import type { FaultPoint } from "./faults";
import type { Operation, RecordedRequest } from "./requests";

/** Which requests a pause stops, and where. */
export interface PauseOptions {
  /** Before the request has its effect, or after it and before the answer. @default "before" */
  when?: FaultPoint;
  /** How many requests it stops; the others pass. @default 1 */
  times?: number;
  /** Only requests for which this says yes. @default every request */
  where?: (request: RecordedRequest) => boolean;
}

/** Stops requests at a known point until a test lets them go: concurrency and kills without sleeps. */
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

  /** Resolves with the first request that is stopped here. */
  get arrived(): Promise<RecordedRequest> {
    return this.arrivals(1).then(([first]) => first as RecordedRequest);
  }

  /** Resolves when so many requests have been stopped here; rejects if the pause is released before that. */
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

  /** Lets the request go that has waited longest; later ones are still stopped. */
  releaseNext(): void {
    this.#stopped.shift()?.();
  }

  /** Lets all go and stops no more. */
  release(): void {
    this.#released = true;
    for (const go of this.#stopped.splice(0)) go();
    this.#notifyWatchers();
  }

  /** Waits here, if this pause is for this request at this moment. */
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
