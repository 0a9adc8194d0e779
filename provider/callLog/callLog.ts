import { closeSync, constants, fstatSync, openSync, writeSync } from "node:fs";
import { isAbsolute } from "node:path";
import type { CallLog, CallRecord } from "../cake/callLog";
import { ownManifest } from "../manifest";
import { formatMessage } from "../message";
import { maskText } from "../postback/secrets";
import type { Environment } from "../settings/environment";
import { SettingsError } from "../settings/settingsError";
import { messages, phrases, REASONS } from "./messages";

/** Which kind of process calls: a provider, a program that looks something up, or a command. */
type Caller = "provider" | "lookup" | "command";

export interface CallLogOptions {
  readonly env: Environment;
  readonly by: Caller;
  /** Tells the user something that is not an error. */
  readonly warn: (text: string) => void;
}

/** The log that the environment names in `CAKE_LOG`; undefined where it names none. Nothing is touched before it is opened. */
export function callLogFor({ env, by, warn }: CallLogOptions): CallLog | undefined {
  const file = env.CAKE_LOG;
  return file === undefined || file.trim() === "" ? undefined : new CallLogFile(file, by, warn);
}

const { O_APPEND, O_CREAT, O_WRONLY } = constants;
// Windows knows neither.
const O_NOFOLLOW = constants.O_NOFOLLOW ?? 0;
const O_NONBLOCK = constants.O_NONBLOCK ?? 0;
const OWNER_ONLY = 0o600;

// Together below the 4,096 bytes that no system interleaves, also where each character is escaped.
const MAX_WHAT = 300;
const MAX_PATH = 200;

/** A file to which any number of processes append: a line of JSON for each attempt, written at once so that lines stay whole. */
class CallLogFile implements CallLog {
  private file: number | "failed" | undefined;
  private readonly version = ownManifest().version;
  // A number alone is given to another process later.
  private readonly process = `${process.pid}-${Math.round(performance.timeOrigin).toString(36)}`;

  constructor(
    private readonly path: string,
    private readonly by: Caller,
    private readonly warn: (text: string) => void,
  ) {}

  open(): void {
    this.file ??= openForAppending(this.path);
  }

  write(record: CallRecord): void {
    if (this.file === undefined || this.file === "failed") return;
    const { process, by, version } = this;
    const line = lineOf({ time: new Date().toISOString(), process, by, version, ...record });
    try {
      const bytes = Buffer.from(line);
      if (writeSync(this.file, bytes) < bytes.length) this.fail("ENOSPC");
    } catch (error) {
      this.fail(codeOf(error));
    }
  }

  // What follows half a line would be unreadable.
  private fail(code: string): void {
    this.file = "failed";
    this.warn(formatMessage(messages.logFailed(this.path, code)));
  }
}

function openForAppending(path: string): number {
  if (!isAbsolute(path)) throw new SettingsError(messages.logUnusable(path, phrases.relative));
  try {
    const file = openSync(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK, OWNER_ONLY);
    if (fstatSync(file).isFile()) return file;
    closeSync(file);
  } catch (error) {
    const code = codeOf(error);
    throw new SettingsError(messages.logUnusable(path, REASONS[code] ?? phrases.failure(code)));
  }
  throw new SettingsError(messages.logUnusable(path, phrases.notRegular));
}

// What CAKE says may move a cursor or command a CI's runner, and logs are shown on both.
const OBEYED = /[^\x20-\x7e]|(?<=#)#|(?<=:):/g;

interface Line extends CallRecord {
  readonly time: string;
  readonly process: string;
  readonly by: Caller;
  /** Of this package. */
  readonly version: string;
}

function lineOf(record: Line): string {
  const { what, path } = record;
  const json = JSON.stringify({
    ...record,
    ...(path === undefined ? {} : { path: shortened(path, MAX_PATH) }),
    ...(what === undefined ? {} : { what: shortened(what, MAX_WHAT) }),
  });
  return `${json.replace(OBEYED, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}

function shortened(text: string, most: number): string {
  const masked = maskText(text);
  return masked.length > most ? `${masked.slice(0, most)}…` : masked;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "an unknown reason";
}
