import { message } from "../message";

/** What is said about settings. */
export const messages = {
  /** One or more settings cannot be used. Each line names the setting or the variable, its value, and what it takes. */
  settingsInvalid: (problems: readonly string[], advice: string) =>
    message(
      "settings-invalid",
      problems.join("\n"),
      "Nothing was sent to CAKE.",
      "Correct the settings, then run again.",
      advice,
    ),
  /** A call to CAKE needs the instance and its API key, and one of them is missing. */
  settingsMissing: (problems: readonly string[], advice: string) =>
    message("settings-missing", problems.join("\n"), "Nothing was sent to CAKE.", advice),
};
