import { message } from "../../message";

/** What is said about files that a command writes. */
export const messages = {
  /** At the path of the file stands something else, such as a directory or a device. */
  notRegular: (path: string) =>
    message(
      "output-not-a-file",
      `the path ${path} is not a regular file.`,
      "It was not written.",
      "Name another path.",
    ),
  /** The operating system refused to write the file. Its error code stands in parentheses: EACCES means that permission is missing. */
  notWritten: (path: string, reason: string) =>
    message(
      "output-not-written",
      `the file ${path} cannot be written (${reason}).`,
      "What was there before is unchanged.",
      "Check the path, the permissions and the free space.",
    ),
  /** The file, or a directory of its path, is a symbolic link. It may come from the repository and lead to a file of somebody else. */
  symbolicLink: (path: string) =>
    message(
      "output-symbolic-link",
      `the path ${path} is a symbolic link, which may lead to somebody else's file.`,
      "Nothing was written.",
      "Replace it with a real file or directory, or name another path.",
    ),
};
