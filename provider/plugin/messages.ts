import { type Message, message } from "../message";

/** What the plugin says beside what the lifecycle does. */
export const messages = {
  /**
   * A provider that the program declares was given an argument that does not exist. Most often it is misspelled. To ignore
   * it could mean a limit that does not apply, so nothing is done.
   */
  settingUnknown: (name: string, unknown: readonly string[], known: readonly string[]) =>
    message(
      "setting-unknown",
      `the provider "${name}" has an unknown argument: ${unknown.map((one) => JSON.stringify(one)).join(", ")}.`,
      "Nothing was registered.",
      `It takes ${known.join(", ")}.`,
    ),
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
} as const satisfies Record<string, (...args: never[]) => Message>;
