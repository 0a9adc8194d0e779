/** Time and chance, handed in so that tests decide both. */
export interface Clock {
  /** Monotonic milliseconds, for measuring and waiting. */
  now(): number;
  /** Milliseconds since the epoch, only for dates that people wrote. */
  date(): number;
  sleep(ms: number): Promise<void>;
  /** At least 0, less than 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
};
