import { message, notice } from "../message";

/** What is said about the log of calls. */
export const messages = {
  /**
   * `CAKE_LOG` names a file that cannot be used as a log. It must be an absolute path: the processes of a run have
   * different working directories. Its directory must exist. A symbolic link, a pipe or a device is refused.
   */
  logUnusable: (file: string, why: string) =>
    message(
      "call-log-unusable",
      `CAKE_LOG cannot be used: ${file} ${why}.`,
      "Nothing was sent to CAKE.",
      "Name a file in an existing directory by its absolute path.",
    ),
  /**
   * The file of `CAKE_LOG` could be opened, and later a line could not be written: the disk may be full. The log of this
   * process ends there. What the run does is not changed by it.
   */
  logFailed: (file: string, code: string) =>
    notice(
      "call-log-failed",
      `the log ${file} cannot be written any more (${code}), so it lacks the calls from here on.`,
      "The run goes on without it. Check the disk before the next one.",
    ),
};

/** Why a file cannot be a log, by the code of the failure; each goes on from the file's name. */
export const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "lies in a directory that does not exist",
  ENOTDIR: "lies in something that is not a directory",
  EISDIR: "is a directory",
  ELOOP: "is a symbolic link",
  ENXIO: "is not a regular file",
  EACCES: "may not be written by this user",
  EPERM: "may not be written by this user",
  EROFS: "lies on a read-only disk",
};

export const phrases = {
  relative: "is not an absolute path",
  notRegular: "is not a regular file",
  failure: (code: string) => `fails with ${code}`,
};
