import { alternatives, message } from "../message";

const NOT_STARTED = "The sandbox did not start.";

/** What the sandbox says when it cannot do what it was asked for. */
export const messages = {
  /**
   * The file of `--config`, `--load`, `loadConfig()` or `startSandbox({ load })` cannot be opened. The message ends
   * with what the operating system says. Check the path and its permissions.
   */
  fileUnreadable: (file: string, reason: string) =>
    message(
      "sandbox-file-unreadable",
      `the sandbox cannot read ${file}: ${reason}.`,
      NOT_STARTED,
      "Check the path, then start it again.",
    ),
  /**
   * The file can be opened, but it is not a configuration, or it was not saved by a sandbox. The message names the
   * first place that is wrong, with what was expected and found there. Your editor shows all
   * options as docstrings of `pulumi-cake/sandbox`.
   */
  fileInvalid: (file: string, kind: "sandbox configuration" | "saved sandbox", problem: string) =>
    message(
      "sandbox-file-invalid",
      `${JSON.stringify(file)} is not a ${kind}: ${problem}.`,
      NOT_STARTED,
      "Correct the file, then start it again.",
    ),
  /**
   * The sandbox keeps its postbacks in memory and writes them into the file of `--save` after every change. That
   * failed, so the file is older than what the sandbox shows. The sandbox tries again after the next change and when it
   * stops.
   */
  notSaved: (file: string, reason: string) =>
    message(
      "sandbox-not-saved",
      `the postbacks of the sandbox could not be saved in ${file}: ${reason}.`,
      "Without a later save, the changes since the last one are lost when the sandbox stops.",
      "Check the path, its permissions and the free space.",
    ),
  /**
   * A test or the behavior `tenant` names an instance that this sandbox did not start. Instances are named by
   * `--instance` or by the option `instances`, and a loaded file brings its own.
   */
  instanceUnknown: (name: string, names: readonly string[]) =>
    message(
      "sandbox-instance-unknown",
      `the sandbox has no instance ${JSON.stringify(name)}.`,
      "Nothing was changed.",
      `Use ${alternatives(names)}.`,
    ),
  /**
   * A test edits or removes a postback that the emulated instance does not have. Somebody may have removed it before,
   * or its ID belongs to another instance of the sandbox.
   */
  postbackUnknown: (postbackId: number) =>
    message(
      "sandbox-postback-unknown",
      `the sandbox has no postback ${postbackId} in this instance.`,
      "Nothing was changed.",
      "Add it first, or use the ID of a postback that exists.",
    ),
  /**
   * Two postbacks of one emulated instance would get the same ID: rows that a test adds or starts with, or rows of a
   * saved file. CAKE never gives an ID twice, and neither does the sandbox.
   */
  postbackExists: (postbackId: number) =>
    message(
      "sandbox-postback-exists",
      `the sandbox already has postback ${postbackId} in this instance.`,
      "Nothing was added.",
      "Use another ID, or none to get the next one.",
    ),
  /**
   * Another program, or another sandbox, already uses the port on this machine. Stop that program, or start the sandbox
   * on another port with `--port`.
   */
  portInUse: (port: number) =>
    message(
      "sandbox-port-in-use",
      `port ${port} is in use by another program.`,
      NOT_STARTED,
      "Choose another port, or 0 for any free one: pulumi-cake sandbox --port 0",
    ),
};
