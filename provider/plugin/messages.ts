import { type Message, message } from "../message";

/** What the plugin says beside what the lifecycle does. */
export const messages = {
  /**
   * The program asked the plugin for a function that this version does not have. The program's SDK and the plugin are of
   * different versions.
   */
  functionUnknown: (token: string, known: readonly string[]) =>
    message(
      "function-unknown",
      `the plugin has no function ${JSON.stringify(token)}.`,
      "Nothing is returned.",
      `It has ${known.join(" and ")}. Use an SDK and a plugin of one version.`,
    ),
  /**
   * The plugin could not open a port on this machine's loopback address, through which the engine talks to it. A firewall
   * or a sandbox may forbid it.
   */
  cannotListen: (reason: string) =>
    message(
      "plugin-cannot-listen",
      `the plugin cannot listen on 127.0.0.1: ${reason}.`,
      "Nothing was done.",
      "Allow this process to listen on the loopback address.",
    ),
} as const satisfies Record<string, (...args: never[]) => Message>;
