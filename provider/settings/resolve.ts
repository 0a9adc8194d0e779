import { redactor } from "../http/redact";
import { defaultRuleSettings } from "../postback/rules/rule";
import { maskText } from "../postback/secrets";
import type { Environment } from "./environment";
import { messages, phrases } from "./messages";
import { hostIn, parseOrigin } from "./origin";
import { parse } from "./parsers";
import {
  keyVariableOf,
  SETTING_NAMES,
  type SettingName,
  type SettingSchema,
  type SettingValues,
  settings,
} from "./settings";
import { SettingsError } from "./settingsError";

/** Where settings come from: the stack's configuration, or what of it is saved in the state, and the environment. */
export interface SettingsSource {
  readonly config: (key: string) => string | undefined;
  readonly env: Environment;
}

export interface Settings extends Omit<SettingValues, "allowInsecureHttp"> {
  /** Scheme, host and port of the instance; undefined where no domain is set. */
  readonly origin: string | undefined;
  /** The name of an explicit provider; undefined for the stack's own. */
  readonly providerName: string | undefined;
  /** The variable that may carry the key of this provider. */
  readonly keyVariable: string;
}

/**
 * Reads every setting and reports all that is wrong with them at once.
 *
 * @param advice What is added to an error: where the user can correct it depends on who asks.
 */
export function resolveSettings(source: SettingsSource, advice = ""): Settings {
  const problems: string[] = [];
  const read = reader(source);
  const readSetting = <T>(name: SettingName, fallback: T, parser: (text: string) => T): T => {
    const text = read(name);
    if (text === undefined) return fallback;
    try {
      return parser(text);
    } catch (error) {
      problems.push(problemText(source, name, text, error));
      return fallback;
    }
  };
  const values = Object.fromEntries(
    SETTING_NAMES.filter((name) => name !== "domain").map((name) => {
      const schema: SettingSchema = settings[name];
      return [fieldOf(name), readSetting<unknown>(name, fallbackOf(schema), (text) => parse(schema, text))];
    }),
  );
  const { allowInsecureHttp, ...others } = values as unknown as Omit<SettingValues, "domain">;
  const origin = readSetting<URL | undefined>("domain", undefined, (text) =>
    parseOrigin(text, allowInsecureHttp),
  );
  problems.push(...contradictions(source, origin));
  if (problems.length > 0) {
    const redact = redactor([read("apiKey"), source.config("cake:apiKey")]);
    throw new SettingsError(messages.settingsInvalid(problems.map(redact), advice));
  }
  return {
    ...others,
    origin: origin?.origin,
    domain: origin?.host,
    providerName: providerName(source),
    keyVariable: keyVariable(source),
  };
}

function fieldOf(name: SettingName): string {
  return settings[name].kind === "seconds" ? `${name}Ms` : name;
}

function fallbackOf(schema: SettingSchema): unknown {
  switch (schema.kind) {
    case "seconds":
      return schema.default * 1000;
    case "domains":
      return [];
    case "paths":
      return {};
    case "rules":
      return defaultRuleSettings;
    default:
      return "default" in schema ? schema.default : undefined;
  }
}

/** Settings with which an instance can be called. */
export type Connectable = Settings & {
  readonly origin: string;
  readonly domain: string;
  readonly apiKey: string;
};

/** The settings, if they name an instance and hold a key; otherwise throws a `SettingsError` that says what to set. */
export function connectable(resolved: Settings, advice = ""): Connectable {
  const { origin, domain, apiKey, keyVariable, providerName } = resolved;
  if (origin !== undefined && domain !== undefined && apiKey !== undefined)
    return { ...resolved, origin, domain, apiKey };
  const problems = [
    ...(origin === undefined ? [phrases.noDomain(providerName)] : []),
    ...(apiKey === undefined ? [phrases.noKey(providerName, keyVariable)] : []),
  ];
  throw new SettingsError(messages.settingsMissing(problems, advice));
}

// For the key the environment wins, and an explicit provider listens to its own variable only: the key of
// another instance must never reach it. For everything else the stack wins.
function reader(source: SettingsSource): (name: SettingName) => string | undefined {
  const { config, env } = source;
  const explicit = providerName(source) !== undefined;
  return (name) => {
    const inStack = blankAsMissing(config(`cake:${name}`));
    if (name === "apiKey") return blankAsMissing(env[keyVariable(source)]) ?? inStack;
    if (explicit && "ofInstance" in settings[name]) return inStack;
    return inStack ?? blankAsMissing(env[settings[name].variable]);
  };
}

function providerName({ config }: SettingsSource): string | undefined {
  return blankAsMissing(config("cake:name"));
}

function keyVariable(source: SettingsSource): ReturnType<typeof keyVariableOf> | "CAKE_API_KEY" {
  const name = providerName(source);
  return name === undefined ? settings.apiKey.variable : keyVariableOf(name);
}

function contradictions(source: SettingsSource, origin: URL | undefined): string[] {
  const fromEnvironment = blankAsMissing(source.env[settings.domain.variable]);
  if (fromEnvironment === undefined || origin === undefined || providerName(source) !== undefined) return [];
  if (hostIn(fromEnvironment) === origin.host) return [];
  return [phrases.otherDomain(origin.host, quotedAddress(fromEnvironment))];
}

function problemText(source: SettingsSource, name: SettingName, text: string, error: unknown): string {
  const fromStack = blankAsMissing(source.config(`cake:${name}`)) === text;
  const variable = name === "apiKey" ? keyVariable(source) : settings[name].variable;
  const where = fromStack ? inProgram(name, providerName(source)) : `The environment variable ${variable}`;
  const quote = settings[name].kind.startsWith("domain") ? quotedAddress : quoted;
  const value = "secret" in settings[name] ? "" : ` is ${quote(text)}, and`;
  return `${where}${value} ${error instanceof Error ? error.message : "cannot be read"}.`;
}

function inProgram(name: SettingName, provider: string | undefined): string {
  return provider === undefined
    ? `The setting cake:${name}`
    : `The argument ${name} of the provider ${JSON.stringify(provider)}`;
}

function quoted(text: string): string {
  return JSON.stringify(maskText(text));
}

// Of an instance's address only the host is expected, so anything around it may be a key.
function quotedAddress(text: string): string {
  return quoted(text.replace(/^.*@/s, "***@").replace(/(?<=[?#]).+/s, "***"));
}

function blankAsMissing(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text;
}
