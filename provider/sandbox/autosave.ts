/** Saves after changes, at most once per pause, because a busy instance changes faster than a file is written. */
export class Autosave {
  readonly #save: () => Promise<void>;
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(save: () => Promise<void>, failed: (error: unknown) => void) {
    this.#save = save;
    this.#failed = failed;
  }

  /** Records that there is something to save. */
  changed(): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running = this.#running.then(this.#save).catch(this.#failed);
    }, PAUSE_MS);
    this.#timer.unref();
  }

  /** Saves for the last time. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running;
    await this.#save();
  }
}

const PAUSE_MS = 200;
