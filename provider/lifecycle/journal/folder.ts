import { closeSync, constants, fsync, openSync, readSync, type Stats, writeFileSync } from "node:fs";
import { lstat, mkdir, open, readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { SettingsError } from "../errors";

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } = constants;
// Windows knows neither links that anybody may set nor the modes of POSIX.
const O_NOFOLLOW = constants.O_NOFOLLOW ?? 0;
const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

// A note is a few hundred bytes, or some more for a pair with many postbacks; what is larger is none of ours.
const MAX_NOTE_BYTES = 1_000_000;
const USUAL_NOTE_BYTES = 4_096;

const synced = promisify(fsync);

/**
 * A folder of small notes that outlive the process. Nobody else may read or place anything in it. Only what may wait
 * for the disk is left to a thread: for all else, handing it over takes ten times as long as the call itself.
 */
export class JournalFolder {
  private opened: Promise<void> | undefined;
  private lastSync: Promise<void> = Promise.resolve();
  private nextSync: Promise<void> | undefined;

  constructor(readonly path: string) {}

  /** Writes a note so that it survives a crash. False if there is one of that name already. */
  create(name: string, text: string): Promise<boolean> {
    return this.using(async () => {
      try {
        await this.writeDurably(name, text);
        return true;
      } catch (error) {
        if (codeOf(error) === "EEXIST") return false;
        throw error;
      }
    });
  }

  /** Adds to a note of this process. A crash in the middle leaves what was there, and a part of what was to follow. */
  append(name: string, text: string): Promise<void> {
    return this.using(async () => {
      const file = openSync(this.pathOf(name), O_WRONLY | O_NOFOLLOW | O_APPEND);
      try {
        writeFileSync(file, text);
      } finally {
        closeSync(file);
      }
    });
  }

  /** The text of a note, undefined if there is none. */
  read(name: string): Promise<string | undefined> {
    return this.using(async () => {
      const file = ifThere(() => openSync(this.pathOf(name), O_RDONLY | O_NOFOLLOW));
      if (file === undefined) return undefined;
      try {
        const start = bytesFrom(file, 0, USUAL_NOTE_BYTES);
        if (start.length < USUAL_NOTE_BYTES) return start.toString();
        return Buffer.concat([start, bytesFrom(file, start.length, MAX_NOTE_BYTES)]).toString();
      } finally {
        closeSync(file);
      }
    });
  }

  remove(name: string): Promise<void> {
    return this.using(() => unlink(this.pathOf(name)).catch(unlessMissing));
  }

  /** The names of all notes; none where there is no folder yet. */
  async names(): Promise<string[]> {
    return (await readdir(this.path).catch(unlessMissing)) ?? [];
  }

  pathOf(name: string): string {
    return join(this.path, name);
  }

  private async writeDurably(name: string, text: string): Promise<void> {
    const flags = O_WRONLY | O_NOFOLLOW | O_CREAT | O_EXCL;
    const file = openSync(this.pathOf(name), flags, OWNER_ONLY_FILE);
    try {
      writeFileSync(file, text);
      await synced(file);
    } finally {
      closeSync(file);
    }
    await this.syncNames();
  }

  // A name is durable only when its folder is. All names that are written while one sync runs share the next one.
  private syncNames(): Promise<void> {
    if (this.nextSync === undefined) {
      const next = this.lastSync.then(() => {
        this.nextSync = undefined;
        return this.syncFolder();
      });
      this.nextSync = next;
      this.lastSync = next.catch(() => undefined);
    }
    return this.nextSync;
  }

  // Windows cannot open a folder, and needs it not.
  private async syncFolder(): Promise<void> {
    if (process.platform === "win32") return;
    const folder = await open(this.path, O_RDONLY);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  private async using<T>(work: () => Promise<T>): Promise<T> {
    try {
      this.opened ??= this.open();
      await this.opened;
      return await work();
    } catch (error) {
      if (error instanceof SettingsError) throw error;
      throw this.unusable(`it cannot be used (${codeOf(error)})`);
    }
  }

  private async open(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: OWNER_ONLY_FOLDER });
    const problem = problemWith(await lstat(this.path));
    if (problem !== undefined) throw this.unusable(problem);
  }

  private unusable(problem: string): SettingsError {
    return new SettingsError(
      `The folder of notes about unfinished creates, ${this.path}, is no safe place: ${problem}. Without a note, a create that is interrupted could be made twice, so nothing was sent. Set CAKE_INTENTS_DIR to a folder of your own that survives the run.`,
    );
  }
}

function problemWith(folder: Stats): string | undefined {
  if (folder.isSymbolicLink()) return "it is a symbolic link";
  if (!folder.isDirectory()) return "it is no folder";
  if (process.getuid === undefined) return undefined;
  if (folder.uid !== process.getuid()) return "it belongs to another user";
  if ((folder.mode & 0o077) !== 0) return 'others may use it (run "chmod 700" on it)';
  return undefined;
}

function bytesFrom(file: number, position: number, most: number): Buffer {
  const buffer = Buffer.alloc(most);
  return buffer.subarray(0, readSync(file, buffer, 0, most, position));
}

function ifThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    return unlessMissing(error);
  }
}

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) === "ENOENT") return undefined;
  throw error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
}
