import fs from "node:fs";
import fsPromises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { onTestFinished, vi } from "vitest";

/** Where a disk fails: at a write, in the middle of one, at the sync of a file, or at the sync of a folder. */
export type FailingCall = "write" | "partOfWrite" | "sync" | "syncNames";

export interface FailingDisk {
  /** The disk works again. */
  readonly recover: () => void;
}

/**
 * Makes one kind of call fail as a disk does that is full or broken, and nothing else.
 *
 * @param after How many calls go well before that.
 */
export function failingDisk(call: FailingCall, code = "ENOSPC", after = 0): FailingDisk {
  const error = Object.assign(new Error(code), { code });
  let left = after;
  const fails = () => {
    left -= 1;
    return left < 0;
  };
  const { writeSync, fsync } = fs;
  const { open } = fsPromises;
  const spy = {
    write: () =>
      vi.spyOn(fs, "writeSync").mockImplementation(((...args: Parameters<typeof writeSync>) => {
        if (fails()) throw error;
        return writeSync(...args);
      }) as typeof writeSync),
    partOfWrite: () =>
      vi
        .spyOn(fs, "writeSync")
        .mockImplementation(((file: number, bytes: Buffer) =>
          writeSync(file, fails() ? bytes.subarray(1) : bytes)) as typeof writeSync),
    sync: () =>
      vi.spyOn(fs, "fsync").mockImplementation((file, done) => (fails() ? done(error) : fsync(file, done))),
    syncNames: () =>
      vi
        .spyOn(fsPromises, "open")
        .mockImplementation((...args) => (fails() ? Promise.reject(error) : open(...args))),
  }[call]();
  syncBuiltinESMExports();
  const recover = () => {
    spy.mockRestore();
    syncBuiltinESMExports();
  };
  onTestFinished(recover);
  return { recover };
}
