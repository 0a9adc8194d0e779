import { randomUUID } from "node:crypto";
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { despiteOtherReaders, type Waiting } from "./openElsewhere";

export interface ReplaceOptions extends Waiting {
  /** Permissions of the file, whatever the umask; default: those that the system gives. */
  readonly mode?: number | undefined;
}

/**
 * Writes a file whole or not at all: a reader sees the old content or the new one. It is written under a name that is new
 * beside the file, so that nothing that stands there can be written through.
 */
export function replaceFile(target: string, text: string, { mode, ...waiting }: ReplaceOptions = {}): void {
  const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  const file = openSync(draft, "wx", mode);
  try {
    writeAndClose(file, text, mode);
    despiteOtherReaders(() => renameSync(draft, target), waiting);
  } catch (error) {
    // What went wrong first is what the user must know.
    regardless(() => despiteOtherReaders(() => rmSync(draft, { force: true }), waiting));
    throw error;
  }
}

function writeAndClose(file: number, text: string, mode: number | undefined): void {
  try {
    writeFileSync(file, text);
    // The mode of "open" is cut down by the umask. Some file systems have no modes.
    if (mode !== undefined) regardless(() => fchmodSync(file, mode));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function regardless(operation: () => void): void {
  try {
    operation();
  } catch {}
}
