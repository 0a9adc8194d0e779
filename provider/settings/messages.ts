import { message } from "../message";
import { meantBy } from "./nearest";

/** What is said about settings. */
export const messages = {
  /**
   * One or more settings cannot be used. Each line names the setting or the environment variable, the value that was
   * found, and what it must be. The values of the API key and the proxy are never shown. A stack's setting is
   * `pulumi config set cake:<name> <value>`. For everything but the API key, the stack wins over the environment.
   */
  settingsInvalid: (problems: readonly string[], advice: string) =>
    message(
      "settings-invalid",
      problems.join("\n"),
      "Nothing was sent to CAKE.",
      "Correct the settings, then run again.",
      advice,
    ),
  /**
   * A call to CAKE needs the CAKE instance and its API key, and one of them is not set. A preview needs neither, unless
   * the program looks up live postbacks. Keep the key out of the repository: `pulumi config set --secret cake:apiKey`
   * encrypts it, and in CI the environment variable is the better place.
   */
  settingsMissing: (problems: readonly string[], advice: string) =>
    message("settings-missing", problems.join("\n"), "Nothing was sent to CAKE.", advice),
  /**
   * A provider that the program declares was given an argument that does not exist. Most often it is misspelled. To ignore
   * it could mean a limit that does not apply, so the program stops.
   */
  providerArgumentUnknown: (name: string, unknown: readonly string[], known: readonly string[]) =>
    message(
      "provider-argument-unknown",
      `the provider "${name}" has an unknown argument: ${unknown.map((one) => JSON.stringify(one)).join(", ")}.`,
      "Nothing was registered.",
      meantBy(unknown, known),
    ),
};

/** What is said with every error of a run about a setting: refresh and destroy do not read the stack's file. */
export const SAVED_SETTINGS_ADVICE =
  'Refresh and destroy use the settings saved in the state: run them with --run-program, or run "pulumi up" first.';

/** Parts of messages. */
export const phrases = {
  noDomain: (provider: string | undefined) =>
    provider === undefined
      ? 'No CAKE instance is set. Run "pulumi config set cake:domain yourdomain.cakemarketing.com", or set CAKE_DOMAIN.'
      : `The provider "${provider}" has no CAKE instance. Give it the argument "domain".`,
  noKey: (provider: string | undefined, variable: string) =>
    provider === undefined
      ? `No API key is set. Run "pulumi config set --secret cake:apiKey", or set ${variable} in the environment.`
      : `The provider "${provider}" has no API key. Give it the argument "apiKey", or set ${variable} in the environment.`,
  otherDomain: (inStack: string, inEnvironment: string) =>
    `The stack's cake:domain is "${inStack}", and CAKE_DOMAIN in the environment is ${inEnvironment}. Make them equal, or unset CAKE_DOMAIN: a postback must not reach the wrong instance.`,
  insecureHttp: "it must be https: http sends the API key in clear text (cake:allowInsecureHttp allows that)",
  badPath: (name: string) =>
    `the path of "${name}" must start with one "/", without a host, a query or control characters`,
  ownRuleId: 'must be like "X01" and not begin with P, as the built-in rules do',
  unknownSetting: (place: string, known: readonly string[], near: string | undefined) =>
    `is not a setting of ${place} (${near === undefined ? `those are ${known.join(", ")}` : `did you mean ${near}?`})`,
};
