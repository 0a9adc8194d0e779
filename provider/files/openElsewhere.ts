/** The system, and how to wait; a test simulates another system. */
export interface Waiting {
  readonly platform?: NodeJS.Platform;
  readonly pause?: (ms: number) => void;
}

// What Windows answers while a virus scanner, an indexer or an editor has the file open. Elsewhere these refusals last.
const OPEN_ELSEWHERE = ["EACCES", "EBUSY", "EPERM"];
const PAUSES_MS: readonly number[] = [10, 40, 150, 300];

/** Does something with a file. On Windows it tries again for half a second if another program may have the file open. */
export function despiteOtherReaders<T>(operation: () => T, waiting?: Waiting): T {
  return new Patience(waiting).despiteOtherReaders(operation);
}

/** The same for many operations in one place: after a wait in vain there is none until an operation succeeds. */
export class Patience {
  private pausesMs = PAUSES_MS;

  constructor(private readonly waiting: Waiting = {}) {}

  despiteOtherReaders<T>(operation: () => T): T {
    const { platform = process.platform, pause = sleep } = this.waiting;
    if (platform !== "win32") return operation();
    for (const ms of this.pausesMs) {
      try {
        return operation();
      } catch (error) {
        if (!isOpenElsewhere(error)) throw error;
        pause(ms);
      }
    }
    this.pausesMs = [];
    const result = operation();
    this.pausesMs = PAUSES_MS;
    return result;
  }
}

function isOpenElsewhere(error: unknown): boolean {
  return OPEN_ELSEWHERE.includes((error as NodeJS.ErrnoException).code ?? "");
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
