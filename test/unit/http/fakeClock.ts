import type { Clock } from "../../../provider/http/clock";

const START = Date.parse("2030-01-01T00:00:00Z");

/** A clock that a sleep moves, so that no test waits. Chance is always the same. */
export class FakeClock implements Clock {
  time = 0;
  /** Every pause that was asked for, in milliseconds. */
  readonly pauses: number[] = [];

  constructor(private readonly chance = 0.5) {}

  now(): number {
    return this.time;
  }

  date(): number {
    return START + this.time;
  }

  sleep(ms: number): Promise<void> {
    this.pauses.push(ms);
    this.time += ms;
    return Promise.resolve();
  }

  random(): number {
    return this.chance;
  }
}

/** A clock on which many wait at once, and time goes on from one waker to the next when nobody can do anything else. */
export class Timeline implements Clock {
  private time = 0;
  private readonly wakers: { readonly at: number; readonly wake: () => void }[] = [];

  constructor(readonly random: () => number = () => 0.5) {}

  /** Milliseconds since the clock was made. */
  get elapsed(): number {
    return this.time;
  }

  now(): number {
    return this.time;
  }

  date(): number {
    return START + this.time;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      const at = this.time + ms;
      const before = this.wakers.findIndex((other) => other.at > at);
      this.wakers.splice(before < 0 ? this.wakers.length : before, 0, { at, wake });
    });
  }

  /** Lets time pass until the promise is settled. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let open = true;
    const close = () => {
      open = false;
    };
    promise.then(close, close);
    for (await settled(); open; await settled()) {
      const next = this.wakers.shift();
      if (!next) throw new Error("Everybody waits, and nobody for the time.");
      this.time = Math.max(this.time, next.at);
      next.wake();
    }
    return promise;
  }
}

/** Chance that is the same in each run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** A promise that a test settles when it wants to. */
export function byHand<T = void>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Lets everything run that is already able to. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
