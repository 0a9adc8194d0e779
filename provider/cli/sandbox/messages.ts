import { message } from "../../message";
import { quoteArgument } from "../../shellCommand";

/** What stops the sandbox. */
export const messages = {
  /**
   * `--save` names an existing file, which the sandbox would replace with its sample data. With `--load` of the same file it
   * continues from what was saved.
   */
  saveExists: (file: string) =>
    message(
      "sandbox-save-exists",
      `the file of --save exists: ${file}.`,
      "The sandbox would replace the postbacks in it, so it did not start.",
      `Add --load ${quoteArgument(file)} to continue from it, or save to another file.`,
    ),
};
