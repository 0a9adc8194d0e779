import { connectionRedactor } from "../../cake/connect";
import type { Redact } from "../../http/redact";
import { resolveSettings, SAVED_SETTINGS_ADVICE, type Settings } from "../../settings/resolve";
import { SettingsError } from "../../settings/settingsError";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings that the command line may name. Never a key: everybody on a machine can read command lines. */
export interface NamedSettings {
  readonly domain?: string;
  readonly paths?: string;
  /** The name of an explicit provider, whose key is in a variable of its own. */
  readonly provider?: string;
}

/** The instance to look at, and what takes its key out of a text. */
export interface Instance {
  readonly settings: Settings;
  readonly origin: string;
  readonly apiKey: string;
  readonly redact: Redact;
}

/** Settings are missing or wrong, so nothing was sent. The message is complete. */
export class NotConfigured extends Error {}

/**
 * What a stack with these settings would talk to. Options win over the environment.
 *
 * @param saved A stack's own settings by their full names, for commands that work beside one.
 */
export function openInstance(
  env: Environment,
  named: NamedSettings,
  saved: Readonly<Record<string, string>> = {},
): Instance {
  const settings = settingsOf(env, named, saved);
  const { origin, apiKey, keyVariable } = settings;
  if (origin === undefined || apiKey === undefined) {
    throw new NotConfigured(
      [
        ...(origin === undefined ? [whereToNameTheInstance(named)] : []),
        ...(apiKey === undefined
          ? [`No API key is set: put it into ${keyVariable} in the environment.`]
          : []),
      ].join("\n"),
    );
  }
  return { settings, origin, apiKey, redact: connectionRedactor(settings) };
}

function settingsOf(
  env: Environment,
  { domain, paths, provider }: NamedSettings,
  saved: Readonly<Record<string, string>>,
): Settings {
  const config: Readonly<Record<string, string | undefined>> = {
    ...saved,
    ...(domain === undefined ? {} : { "cake:domain": domain }),
    ...(paths === undefined ? {} : { "cake:paths": paths }),
    ...(provider === undefined ? {} : { "cake:name": provider }),
  };
  // A variable that contradicts the stack is an error there; here the option is meant to win.
  const others = domain === undefined ? env : { ...env, CAKE_DOMAIN: undefined };
  try {
    return resolveSettings({ config: (key) => config[key], env: others });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new NotConfigured(error.message.replace(SAVED_SETTINGS_ADVICE, "").trim());
  }
}

// The key of an explicit provider must never reach another instance, so CAKE_DOMAIN does not count for it.
function whereToNameTheInstance({ provider }: NamedSettings): string {
  return provider === undefined
    ? "No CAKE instance is set: name it with --domain, or in CAKE_DOMAIN."
    : `No CAKE instance is set: name that of the provider "${provider}" with --domain.`;
}
