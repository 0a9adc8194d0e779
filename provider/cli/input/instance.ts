import { connectionRedactor } from "../../cake/connect";
import type { Redact } from "../../http/redact";
import { CodedError } from "../../message";
import { messages as settingsMessages } from "../../settings/messages";
import { resolveSettings, type Settings } from "../../settings/resolve";
import { SettingsError } from "../../settings/settingsError";
import { messages, missing } from "./messages";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A stack's own settings by their full names: `cake:domain`. */
export type SavedSettings = Readonly<Record<string, string>>;

/** The settings that the command line may name. Never a key: everybody on a machine can read command lines. */
export interface NamedSettings {
  readonly domain?: string | undefined;
  readonly paths?: string;
  /** The name of an explicit provider, whose key is in a variable of its own. */
  readonly provider?: string;
}

/** The instance to read, and what takes its key out of a text. */
export interface Instance {
  readonly settings: Settings;
  readonly origin: string;
  readonly apiKey: string;
  readonly redact: Redact;
}

/** One CAKE instance: its host, and those under which it was known before. */
export type InstanceHosts = Pick<Settings, "domain" | "formerDomains">;

/**
 * What a stack with these settings would talk to. Options win over the environment.
 *
 * @param saved A stack's own settings, for commands that work beside one.
 */
export function openInstance(env: Environment, named: NamedSettings, saved: SavedSettings = {}): Instance {
  refuseOtherInstance(named.domain, saved, env);
  const settings = settingsOf(env, named, saved);
  const { provider } = named;
  const { origin, apiKey, keyVariable } = settings;
  const problems = [
    // CAKE_DOMAIN does not count for an explicit provider: its key must never reach another instance.
    ...(origin === undefined
      ? [provider === undefined ? missing.instance : missing.instanceOf(provider)]
      : []),
    ...(apiKey === undefined ? [missing.apiKey(keyVariable)] : []),
  ];
  if (origin === undefined || apiKey === undefined)
    throw new SettingsError(settingsMessages.settingsMissing(problems, ""));
  return { settings, origin, apiKey, redact: connectionRedactor(settings) };
}

/** The hosts of the instance that these settings name, for commands that send nothing: http is not a danger to them. */
export function instanceHosts(
  env: Environment,
  named: NamedSettings = {},
  saved: SavedSettings = {},
): InstanceHosts {
  const { CAKE_DOMAIN, CAKE_FORMER_DOMAINS } = env;
  const { "cake:domain": domain, "cake:formerDomains": formerDomains } = saved;
  return settingsOf({ CAKE_DOMAIN, CAKE_FORMER_DOMAINS, CAKE_ALLOW_INSECURE_HTTP: "true" }, named, {
    "cake:domain": domain,
    "cake:formerDomains": formerDomains,
  });
}

/** The host of a domain as a user names it. */
export function hostOf(domain: string): string | undefined {
  return instanceHosts({}, { domain }).domain;
}

/** Throws where another instance is named than the stack's own: the stack's key would go there. */
function refuseOtherInstance(
  named: string | undefined,
  saved: SavedSettings,
  { CAKE_DOMAIN, CAKE_API_KEY }: Environment = {},
): void {
  // Where a stack has only the key, its runs take the instance from the environment.
  const isKeyAtRisk = saved["cake:apiKey"] !== undefined && !CAKE_API_KEY?.trim();
  const own = saved["cake:domain"] ?? (isKeyAtRisk && CAKE_DOMAIN?.trim() ? CAKE_DOMAIN : undefined);
  if (named === undefined || own === undefined || hostOf(named) === hostOf(own)) return;
  const setting = saved["cake:domain"] === undefined ? "CAKE_DOMAIN" : "cake:domain";
  throw new CodedError(messages.otherDomain(String(hostOf(named)), setting, String(hostOf(own))));
}

function settingsOf(
  env: Environment,
  { domain, paths, provider }: NamedSettings,
  saved: Readonly<Record<string, string | undefined>>,
): Settings {
  const config: typeof saved = {
    ...saved,
    "cake:domain": domain ?? saved["cake:domain"],
    "cake:paths": paths ?? saved["cake:paths"],
    "cake:name": provider ?? saved["cake:name"],
  };
  // A variable that contradicts the stack is an error there; here the option is meant to win.
  const others = domain === undefined ? env : { ...env, CAKE_DOMAIN: undefined };
  return resolveSettings({ config: (key) => config[key], env: others });
}
