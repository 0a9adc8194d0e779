import { constants, type Stats } from "node:fs";
import { lstat, mkdir, open, readdir, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import { SettingsError } from "../errors";

const { O_CREAT, O_EXCL, O_RDONLY, O_WRONLY, O_TRUNC } = constants;
// Windows knows neither links that anybody may set nor the modes of POSIX.
const O_NOFOLLOW = constants.O_NOFOLLOW ?? 0;
const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

// A note is a few hundred bytes, or some more for a pair with many postbacks; what is larger is none of ours.
const MAX_NOTE_BYTES = 1_000_000;

/** A folder of small notes that outlive the process. Nobody else may read or place anything in it. */
export class NotesFolder {
  private opened: Promise<void> | undefined;

  constructor(readonly path: string) {}

  /** Writes a note so that it survives a crash. False if there is one of that name already. */
  create(name: string, text: string): Promise<boolean> {
    return this.using(async () => {
      try {
        await this.write(name, text, O_CREAT | O_EXCL, true);
        return true;
      } catch (error) {
        if (codeOf(error) === "EEXIST") return false;
        throw error;
      }
    });
  }

  /** Puts a whole new text in the place of a note of this process. */
  replace(name: string, text: string): Promise<void> {
    return this.using(async () => {
      const draft = `${name}.${process.pid}.draft`;
      await this.write(draft, text, O_CREAT | O_TRUNC, false);
      await rename(this.pathOf(draft), this.pathOf(name));
    });
  }

  /** The text of a note, undefined if there is none. */
  read(name: string): Promise<string | undefined> {
    return this.using(async () => {
      const file = await open(this.pathOf(name), O_RDONLY | O_NOFOLLOW).catch(unlessMissing);
      if (file === undefined) return undefined;
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_NOTE_BYTES), 0, MAX_NOTE_BYTES, 0);
        return buffer.subarray(0, bytesRead).toString();
      } finally {
        await file.close();
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

  private async write(name: string, text: string, flags: number, durably: boolean): Promise<void> {
    const file = await open(this.pathOf(name), O_WRONLY | O_NOFOLLOW | flags, OWNER_ONLY_FILE);
    try {
      await file.writeFile(text);
      if (durably) await file.sync();
    } finally {
      await file.close();
    }
    if (durably) await this.syncNames();
  }

  // A name is durable only when its folder is. Windows cannot open one, and needs it not.
  private async syncNames(): Promise<void> {
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

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) === "ENOENT") return undefined;
  throw error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
}
