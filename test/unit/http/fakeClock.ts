import type { Clock } from "../../../provider/http/clock";

/** A clock that a sleep moves, so that no test waits. Chance is always the same. */
export class FakeClock implements Clock {
  time = Date.parse("2030-01-01T00:00:00Z");
  /** Every pause that was asked for, in milliseconds. */
  readonly pauses: number[] = [];

  constructor(private readonly chance = 0.5) {}

  now(): number {
    return this.time;
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
