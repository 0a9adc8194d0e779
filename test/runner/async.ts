// Small tools for things that happen at once.

export interface Resolvers<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
}

/** `Promise.withResolvers`, which Node 20 does not have. */
export function withResolvers<T>(): Resolvers<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** Values handed over one at a time; `next` waits for one. */
export class Queue<T> {
  private readonly values: T[] = [];
  private readonly waiting: ((value: T) => void)[] = [];

  push(value: T): void {
    const taker = this.waiting.shift();
    if (taker === undefined) this.values.push(value);
    else taker(value);
  }

  async next(): Promise<T> {
    const value = this.values.shift();
    if (value !== undefined) return value;
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
