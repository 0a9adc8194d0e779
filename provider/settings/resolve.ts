import { ASSUMED_ENDPOINTS, type EndpointName } from "../cake/endpoints";
import { isLoopback } from "../http/proxyFor";
import { redactor } from "../http/redact";
import { ordinaryRules, type RuleSettings } from "../postback/rules/rule";
import { ruleSettingsFrom } from "./ruleSettings";
import { keyVariableOf, type SettingName, settings } from "./settings";
import { SettingsError } from "./settingsError";

/** Where settings come from: the stack's configuration, or what of it is saved in the state, and the environment. */
export interface SettingsSource {
  readonly config: (key: string) => string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const ENDPOINTS_SETTINGS = ["all", "without-list", "documented"] as const;
export type EndpointsSetting = (typeof ENDPOINTS_SETTINGS)[number];

export interface Settings {
  /** Scheme, host and port of the instance; undefined where no domain is set. */
  readonly origin: string | undefined;
  /** Host and port in lower case: what a postback's state remembers of its instance. */
  readonly domain: string | undefined;
  readonly formerDomains: readonly string[];
  /** The name of an explicit provider; undefined for the stack's own. */
  readonly providerName: string | undefined;
  readonly apiKey: string | undefined;
  /** The variable that may carry the key of this provider. */
  readonly keyVariable: string;
  /** Which endpoints may be called: all, all but the list, or only those that a CAKE article documents. */
  readonly endpoints: EndpointsSetting;
  readonly paths: Partial<Record<EndpointName, string>>;
  /** Rows of the list to ask for at once. */
  readonly pageSize: number;
  readonly proxy: string | undefined;
  readonly concurrency: number;
  readonly callsPerSecond: number;
  readonly requestTimeoutMs: number;
  readonly operationTimeoutMs: number;
  /** How long CAKE's list may lag behind a write. */
  readonly listLagMs: number;
  readonly maxDeactivations: number;
  readonly maxChanges: number;
  readonly rules: RuleSettings;
}

/** Reads every setting and reports all that is wrong with them at once. */
export function resolveSettings(source: SettingsSource): Settings {
  const problems: string[] = [];
  const read = reader(source);
  const attempt = <T>(name: SettingName, parse: (text: string) => T, fallback: T): T => {
    const text = read(name);
    if (text === undefined) return fallback;
    try {
      return parse(text);
    } catch (error) {
      problems.push(problemText(source, name, text, error));
      return fallback;
    }
  };

  const allowInsecureHttp = attempt("allowInsecureHttp", parseFlag, false);
  const parseOwnOrigin = (text: string) => parseOrigin(text, allowInsecureHttp);
  const origin = attempt<URL | undefined>("domain", parseOwnOrigin, undefined);
  problems.push(...contradictions(source, origin));
  const resolved: Settings = {
    origin: origin?.origin,
    domain: origin?.host,
    formerDomains: attempt("formerDomains", parseHosts, []),
    providerName: providerName(source),
    apiKey: attempt<string | undefined>("apiKey", parseKey, undefined),
    keyVariable: keyVariable(source),
    endpoints: attempt<EndpointsSetting>("endpoints", parseEndpoints, "all"),
    paths: attempt("paths", parsePaths, {}),
    pageSize: attempt("pageSize", (text) => parseNumber(text, 1, 10_000), 500),
    proxy: attempt<string | undefined>("proxy", parseProxy, undefined),
    concurrency: attempt("concurrency", (text) => parseNumber(text, 1, 32), 8),
    callsPerSecond: attempt("callsPerSecond", (text) => parseNumber(text, 1, 1000), 100),
    requestTimeoutMs: attempt("requestTimeout", (text) => parseNumber(text, 1, 600) * 1000, 30_000),
    operationTimeoutMs: attempt("operationTimeout", (text) => parseNumber(text, 1, 3600) * 1000, 300_000),
    listLagMs: attempt("listLag", (text) => parseNumber(text, 0, 60) * 1000, 7_000),
    maxDeactivations: attempt("maxDeactivations", (text) => parseNumber(text, 1, 1_000_000), 25),
    maxChanges: attempt("maxChanges", (text) => parseNumber(text, 1, 1_000_000), 100),
    rules: attempt("rules", ruleSettingsFrom, ordinaryRules),
  };
  if (problems.length > 0) {
    const redact = redactor([read("apiKey"), source.config("cake:apiKey")]);
    throw new SettingsError(`${redact(problems.join("\n"))}\n${SAVED_SETTINGS_ADVICE}`);
  }
  return resolved;
}

/** What is said with every error about a setting: on refresh and destroy the stack's file is not read. */
export const SAVED_SETTINGS_ADVICE =
  'Refresh and destroy use the settings saved in the state by the last "pulumi up": after correcting them, run with --run-program, or run "pulumi up" first.';

/** Settings with which an instance can be called. */
export type Connectable = Settings & {
  readonly origin: string;
  readonly domain: string;
  readonly apiKey: string;
};

/** The settings, if they name an instance and hold a key; otherwise throws a `SettingsError` that says what to set. */
export function connectable(settings: Settings): Connectable {
  const { origin, domain, apiKey, keyVariable, providerName } = settings;
  if (origin !== undefined && domain !== undefined && apiKey !== undefined)
    return { ...settings, origin, domain, apiKey };
  const isDefault = providerName === undefined;
  const provider = `The provider "${providerName}"`;
  const noDomain = isDefault
    ? 'No CAKE instance is set. Run "pulumi config set cake:domain yourdomain.cakemarketing.com", or set CAKE_DOMAIN.'
    : `${provider} has no CAKE instance. Give it the argument "domain".`;
  const noKey = isDefault
    ? `No API key is set. Run "pulumi config set --secret cake:apiKey", or set ${keyVariable} in the environment.`
    : `${provider} has no API key. Give it the argument "apiKey", or set ${keyVariable} in the environment.`;
  const problems = [...(origin === undefined ? [noDomain] : []), ...(apiKey === undefined ? [noKey] : [])];
  throw new SettingsError(`${problems.join("\n")}\nNothing was sent to CAKE. ${SAVED_SETTINGS_ADVICE}`);
}

// For the key the environment wins, and an explicit provider listens to its own variable only: the key of
// another instance must never reach it. For everything else the stack wins.
function reader(source: SettingsSource): (name: SettingName) => string | undefined {
  const { config, env } = source;
  const explicit = providerName(source) !== undefined;
  return (name) => {
    const inStack = blankAsMissing(config(`cake:${name}`));
    if (name === "apiKey") return blankAsMissing(env[keyVariable(source)]) ?? inStack;
    if (explicit && isOfOneInstance(name)) return inStack;
    return inStack ?? blankAsMissing(env[settings[name].variable]);
  };
}

// What says where an instance is must not come from the settings of another one.
function isOfOneInstance(name: SettingName): boolean {
  return name === "domain" || name === "formerDomains";
}

function providerName({ config }: SettingsSource): string | undefined {
  return blankAsMissing(config("cake:name"));
}

function keyVariable(source: SettingsSource): string {
  const name = providerName(source);
  return name === undefined ? settings.apiKey.variable : keyVariableOf(name);
}

function contradictions(source: SettingsSource, origin: URL | undefined): string[] {
  const fromEnvironment = blankAsMissing(source.env[settings.domain.variable]);
  if (fromEnvironment === undefined || origin === undefined || providerName(source) !== undefined) return [];
  if (sameHost(fromEnvironment, origin)) return [];
  return [
    `The stack says cake:domain is "${origin.host}", and the environment says CAKE_DOMAIN is ${quoted(fromEnvironment)}. A postback must not land on the wrong instance: make them equal, or unset CAKE_DOMAIN.`,
  ];
}

function sameHost(text: string, origin: URL): boolean {
  try {
    return parseOrigin(text, true).host === origin.host;
  } catch {
    return false;
  }
}

function problemText(source: SettingsSource, name: SettingName, text: string, error: unknown): string {
  const fromStack = blankAsMissing(source.config(`cake:${name}`)) === text;
  const variable = name === "apiKey" ? keyVariable(source) : settings[name].variable;
  const where = fromStack ? `The setting cake:${name}` : `The environment variable ${variable}`;
  const value = "secret" in settings[name] ? "" : ` is ${quoted(text)}, and`;
  return `${where}${value} ${error instanceof Error ? error.message : "cannot be read"}.`;
}

// A password or a key in an address is a mistake that must not end up in a log.
function quoted(text: string): string {
  const withoutPassword = text.replace(/^([a-z]+:\/\/)?.*@/is, "$1***@").replace(/#.*/s, "#***");
  return JSON.stringify(withoutPassword.replace(/([?&][^=&"]*=)[^&"]*/g, "$1***"));
}

function blankAsMissing(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text;
}

// ---- Parsers: each throws what is wrong with the value, as the second half of a sentence ------------------

function parseOrigin(text: string, allowInsecureHttp: boolean): URL {
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  // A bare number is an address to a URL parser, and to a person a slip.
  if (url === undefined || url.hostname === "" || /^\d+$/.test(text))
    throw new Error("it must be a host or a URL");
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new Error("it must be https (or http for loopback)");
  if (url.username !== "" || url.password !== "")
    throw new Error("it must hold no user name and no password");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "")
    throw new Error("it must be a host without a path");
  if (url.protocol === "http:" && !isLoopback(url.hostname) && !allowInsecureHttp) {
    throw new Error(
      "http would send the key in clear text: use https, or set cake:allowInsecureHttp if that is wanted",
    );
  }
  return url;
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) && !/\s/.test(text) ? new URL(text) : undefined;
}

function parseHosts(text: string): string[] {
  const hosts = text.trim().startsWith("[") ? parseJson(text) : text.split(",");
  if (!Array.isArray(hosts) || !hosts.every((host) => typeof host === "string")) {
    throw new Error("it must be a list of hosts");
  }
  return hosts
    .map((host: string) => host.trim())
    .filter((host) => host !== "")
    .map((host) => parseOrigin(host, true).host);
}

function parseKey(text: string): string {
  if (/[\s\p{Cc}]/u.test(text.trim()))
    throw new Error("holds white space or control characters, which no CAKE key does");
  return text.trim();
}

function parseEndpoints(text: string): EndpointsSetting {
  const known = ENDPOINTS_SETTINGS.find((one) => one === text);
  if (known !== undefined) return known;
  throw new Error('it must be "all", "without-list" or "documented"');
}

function parsePaths(text: string): Partial<Record<EndpointName, string>> {
  const paths = parseJson(text);
  if (typeof paths !== "object" || paths === null || Array.isArray(paths)) {
    throw new Error('it must be a JSON object such as {"list": "/api/2/postbacks.json"}');
  }
  for (const [name, path] of Object.entries(paths)) {
    if (!ASSUMED_ENDPOINTS.some((assumed) => assumed === name)) {
      throw new Error(`"${name}" is not an assumed endpoint; those are ${ASSUMED_ENDPOINTS.join(", ")}`);
    }
    if (typeof path !== "string" || !/^\/(?![/\\])[^\s\p{C}?#\\]*$/u.test(path)) {
      throw new Error(
        `the path of "${name}" must start with one "/" and hold neither host, query nor control characters`,
      );
    }
  }
  return paths;
}

function parseProxy(text: string): string {
  const url = parseUrl(text);
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new Error("must be an http or https URL");
  return text;
}

function parseFlag(text: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new Error('it must be "true" or "false"');
}

function parseNumber(text: string, least: number, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Error(`it must be an integer from ${least} to ${most}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("it is not valid JSON");
  }
}
