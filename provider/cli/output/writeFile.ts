import { lstatSync, mkdirSync, type Stats } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { replaceFile } from "../../files/replaceFile";
import { CodedError } from "../../message";
import { maskText } from "../../postback/secrets";
import { messages } from "./messages";

export interface WriteOptions {
  /** Permissions of the file; default: those of the file that it replaces, else what the system gives. */
  readonly mode?: number;
  /** Below this folder no part of the path may be a symbolic link; default: the working directory. */
  readonly root?: string;
}

/**
 * Writes a file for the user: whole or not at all, and never through a symbolic link, so that nothing in a repository
 * can send it elsewhere. Folders that are missing are made. Throws a message for people.
 */
export function writeFileSafely(path: string, text: string, { mode, root }: WriteOptions = {}): void {
  const target = resolve(path);
  const existing = refuseLinks(target, root);
  if (existing !== undefined && !existing.isFile()) throw new CodedError(messages.notRegular(maskText(path)));
  try {
    const folder = dirname(target);
    mkdirSync(folder, { recursive: true, ...(mode === undefined ? {} : { mode: folderMode(mode) }) });
    replaceFile(target, text, { mode: mode ?? (existing && existing.mode & 0o777) });
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new CodedError(messages.notWritten(maskText(path), reason), { cause: error });
  }
}

/**
 * Throws a message for people if a path, or a folder of it below the root, is a symbolic link.
 *
 * @returns What stands at the path; undefined if nothing does.
 */
export function refuseLinks(path: string, root = process.cwd()): Stats | undefined {
  const target = resolve(path);
  const below = relative(resolve(root), target);
  const isOutside = below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below);
  const parts = isOutside ? [basename(target)] : below.split(sep);
  let at = isOutside ? dirname(target) : resolve(root);
  let found: Stats | undefined;
  for (const [index, part] of parts.entries()) {
    // Nothing can stand below what is missing, or is not a directory.
    if (index > 0 && !found?.isDirectory()) return undefined;
    at = join(at, part);
    found = lstatSync(at, { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) throw new CodedError(messages.symbolicLink(maskText(at)));
  }
  return found;
}

/** Whoever may read the file may enter its folder. */
function folderMode(mode: number): number {
  return mode | ((mode & 0o444) >> 2);
}
