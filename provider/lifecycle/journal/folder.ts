import {
  closeSync,
  constants,
  fstatSync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { promisify } from "node:util";
import { Patience } from "../../files/openElsewhere";
import type { Environment } from "../../settings/environment";
import { SettingsError } from "../../settings/settingsError";
import { attempt } from "../attempt";
import { messages } from "../messages";

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } = constants;
// Windows knows neither links that anybody may set nor the modes of POSIX, nor pipes in a folder.
const O_NOFOLLOW = constants.O_NOFOLLOW ?? 0;
const O_NONBLOCK = constants.O_NONBLOCK ?? 0;
const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

// An entry is a few hundred bytes, or some more for a pair with many postbacks; what is larger is none of ours.
const MAX_FILE_BYTES = 1_000_000;
const USUAL_FILE_BYTES = 4_096;

/** Where the journal lies: `CAKE_JOURNAL_DIR`, or a folder of the user's. Throws why there is no such place. */
export function journalPath({ CAKE_JOURNAL_DIR: given }: Environment): string {
  // Only a shell of POSIX knows the tilde, and not between quotes.
  const below = given ? /^~(?:[\\/](.*))?$/s.exec(given) : undefined;
  if (given && !below) return resolve(given);
  const home = attempt(homedir) ?? "";
  if (isAbsolute(home)) return below ? join(home, below[1] ?? "") : join(home, ".pulumi-cake", "journal");
  throw new SettingsError(messages.journalUnusable("its place is unknown: this user has no home directory"));
}

/**
 * A folder of small files that outlive the process. Nobody else may read or place anything in it. Nothing is touched
 * before the first use. Only what may wait for the disk is left to a thread: for all else, handing it over takes ten
 * times as long as the call itself.
 */
export class JournalFolder {
  private opened: string | undefined;
  private lastSync: Promise<void> = Promise.resolve();
  private nextSync: Promise<void> | undefined;
  private readonly patience: Patience;

  /** @param path Called at the first use; what it throws is what the use fails with. */
  constructor(
    private readonly path: () => string,
    private readonly platform: NodeJS.Platform = process.platform,
  ) {
    this.patience = new Patience({ platform });
  }

  /** Makes sure that the folder can be used. Throws one error that says why not. */
  open(): string {
    return this.using((path) => path);
  }

  /** Creates a file that must not be there yet, and leaves it open for more. What could not be written is removed. */
  create(name: string, text: string): JournalFile {
    return this.using((path) => {
      const flags = O_WRONLY | O_NOFOLLOW | O_CREAT | O_EXCL | O_APPEND;
      const opened = this.reach(() => openSync(join(path, name), flags, OWNER_ONLY_FILE));
      const file = new JournalFile(opened, (error) => this.unusable(error));
      try {
        file.append(text);
        return file;
      } catch (error) {
        file.close();
        this.reach(() => unlinkSync(join(path, name)));
        throw error;
      }
    });
  }

  /** Adds to a file of any process. Nothing where there is none any more. */
  append(name: string, text: string): void {
    this.using((path) => {
      const file = this.ifThere(() =>
        openSync(join(path, name), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_APPEND),
      );
      if (file === undefined) return;
      try {
        writeSync(file, text);
      } finally {
        closeSync(file);
      }
    });
  }

  /** The text of a file from a place on; undefined if there is none, or if it is no plain file. */
  read(name: string, from = 0): string | undefined {
    return this.using((path) => {
      const file = this.ifThere(() => openSync(join(path, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
      if (file === undefined) return undefined;
      try {
        if (!fstatSync(file).isFile()) return undefined;
        const start = bytesFrom(file, from, USUAL_FILE_BYTES);
        if (start.length < USUAL_FILE_BYTES) return start.toString();
        return Buffer.concat([start, bytesFrom(file, from + start.length, MAX_FILE_BYTES)]).toString();
      } finally {
        closeSync(file);
      }
    });
  }

  /** When a file was changed last, in milliseconds since 1970; undefined where there is none any more. */
  changedAt(name: string): number | undefined {
    return this.using((path) => this.ifThere(() => lstatSync(join(path, name)).mtimeMs));
  }

  remove(name: string): void {
    this.using((path) => this.ifThere(() => unlinkSync(join(path, name))));
  }

  /** The names of all files; none where there is no folder yet, which this does not make. */
  names(): string[] {
    if (this.opened === undefined) {
      const path = attempt(this.path);
      if (path === undefined || attempt(() => lstatSync(path)) === undefined) return [];
    }
    return this.using((path) => readdirSync(path));
  }

  /** Makes the names of files durable. All that ask while one sync runs share the next one. */
  syncNames(): Promise<void> {
    if (this.nextSync === undefined) {
      const next = this.lastSync.then(() => {
        this.nextSync = undefined;
        return this.usingAsync((path) => syncFolder(path, this.platform));
      });
      this.nextSync = next;
      this.lastSync = next.catch(() => undefined);
    }
    return this.nextSync;
  }

  // A link, a pipe or a folder in the place of a file is none of ours.
  private ifThere<T>(access: () => T): T | undefined {
    try {
      return this.reach(access);
    } catch (error) {
      if (["ENOENT", "ELOOP", "ENXIO"].includes(codeOf(error))) return undefined;
      throw error;
    }
  }

  private reach<T>(access: () => T): T {
    return this.patience.despiteOtherReaders(access);
  }

  private using<T>(work: (path: string) => T): T {
    try {
      this.opened ??= openFolder(this.path(), this.platform);
      return work(this.opened);
    } catch (error) {
      throw this.unusable(error);
    }
  }

  private async usingAsync<T>(work: (path: string) => Promise<T>): Promise<T> {
    try {
      this.opened ??= openFolder(this.path(), this.platform);
      return await work(this.opened);
    } catch (error) {
      throw this.unusable(error);
    }
  }

  private unusable(error: unknown): Error {
    if (error instanceof SettingsError) return error;
    return new SettingsError(messages.journalUnusable(`${attempt(this.path)} fails with ${codeOf(error)}`));
  }
}

/** A file of the journal that this process is writing. */
export class JournalFile {
  constructor(
    private readonly file: number,
    /** The error for a failure of the disk. */
    private readonly unusable: (error: unknown) => Error,
  ) {}

  /** Adds to the file. A crash in the middle leaves what was there, and a part of what was to follow. */
  append(text: string): void {
    try {
      const bytes = Buffer.from(text);
      if (writeSync(this.file, bytes) < bytes.length)
        throw Object.assign(new Error("The disk is full."), { code: "ENOSPC" });
    } catch (error) {
      throw this.unusable(error);
    }
  }

  /** Makes the content durable. */
  async sync(): Promise<void> {
    await promisify(fsync)(this.file).catch((error: unknown) => {
      throw this.unusable(error);
    });
  }

  close(): void {
    attempt(() => closeSync(this.file));
  }
}

// Link by link: with `recursive`, Node never comes to an end below a place that takes no folders, such as /proc.
function openFolder(path: string, platform: NodeJS.Platform): string {
  const parent = makeFolders(dirname(path));
  const folder = join(realpathSync(parent), basename(path));
  if (attempt(() => lstatSync(folder)) === undefined) makeFolder(folder);
  const problem = problemWith(lstatSync(folder), platform) ?? problemAbove(dirname(folder), platform);
  if (problem !== undefined) throw new SettingsError(messages.journalUnusable(`${path} ${problem}`));
  return folder;
}

function makeFolders(path: string): string {
  if (attempt(() => statSync(path)) !== undefined) return path;
  makeFolders(dirname(path));
  makeFolder(path);
  return path;
}

// Another process of the run may make it at the same time.
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: OWNER_ONLY_FOLDER });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

// What Windows shows as a mode protects nothing: there the rights of the folder above hold, such as those of the profile.
function problemWith(folder: Stats, platform: NodeJS.Platform): string | undefined {
  if (folder.isSymbolicLink()) return "is a symbolic link";
  if (!folder.isDirectory()) return "is not a directory";
  if (platform === "win32") return undefined;
  if (folder.uid !== process.getuid?.()) return "belongs to another user";
  if ((folder.mode & 0o077) !== 0) return 'is open to other users (run "chmod 700" on it)';
  return undefined;
}

const STICKY = 0o1000;
const WRITABLE_BY_OTHERS = 0o002;

// Whoever may write in a folder above could put another one in its place, unless only owners may move what is there.
function problemAbove(path: string, platform: NodeJS.Platform): string | undefined {
  if (platform === "win32") return undefined;
  const { mode } = statSync(path);
  if ((mode & WRITABLE_BY_OTHERS) !== 0 && (mode & STICKY) === 0)
    return `lies below ${path}, where every user may replace it`;
  return dirname(path) === path ? undefined : problemAbove(dirname(path), platform);
}

// Windows cannot open a folder, and needs it not.
async function syncFolder(path: string, platform: NodeJS.Platform): Promise<void> {
  if (platform === "win32") return;
  const folder = await open(path, O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function bytesFrom(file: number, position: number, most: number): Buffer {
  const buffer = Buffer.alloc(most);
  return buffer.subarray(0, readSync(file, buffer, 0, most, position));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "an unknown reason";
}
