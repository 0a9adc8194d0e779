/** The system, and how to wait; a test simulates another system. */
export interface Waiting {
  readonly platform?: NodeJS.Platform;
  readonly pause?: (ms: number) => void;
}

// What Windows answers while a virus scanner, an indexer or an editor has the file open. Elsewhere these refusals last.
const OPEN_ELSEWHERE = ["EACCES", "EBUSY", "EPERM"];
const PAUSES_MS = [10, 40, 150, 300];

/** Does something with a file. On Windows it tries again for half a second if another program may have the file open. */
export function despiteOtherReaders<T>(
  operation: () => T,
  { platform = process.platform, pause = sleep }: Waiting = {},
): T {
  if (platform !== "win32") return operation();
  for (const ms of PAUSES_MS) {
    try {
      return operation();
    } catch (error) {
      if (!OPEN_ELSEWHERE.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      pause(ms);
    }
  }
  return operation();
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
