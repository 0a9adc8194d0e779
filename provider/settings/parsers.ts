import { ASSUMED_ENDPOINTS, type EndpointName } from "../cake/endpoints";
import { alternatives } from "../message";
import { phrases } from "./messages";
import { parseOrigin, parseUrl } from "./origin";
import { parseJson } from "./parseJson";
import { ruleSettingsFrom } from "./ruleSettings";
import type { SettingSchema } from "./settings";

/** What a text means, whatever the setting. Each parser throws what is wrong, as the second half of a sentence. */
export function parse(schema: SettingSchema, text: string): unknown {
  switch (schema.kind) {
    case "integer":
      return parseInteger(text, schema.least, schema.most);
    case "seconds":
      return parseInteger(text, schema.least, schema.most) * 1000;
    case "choice":
      return parseChoice(text, schema.values);
    case "flag":
      return parseChoice(text, ["true", "false"]) === "true";
    case "domain":
      return parseOrigin(text, true).host;
    case "key":
      return parseKey(text);
    case "domains":
      return parseDomains(text);
    case "paths":
      return parsePaths(text);
    case "proxy":
      return parseProxy(text);
    case "rules":
      return ruleSettingsFrom(text);
  }
}

function parseDomains(text: string): string[] {
  const hosts = text.trim().startsWith("[") ? parseJson(text) : text.split(",");
  if (!Array.isArray(hosts) || !hosts.every((host) => typeof host === "string"))
    throw new Error("it must be a list of hosts");
  const named = hosts.map((host: string) => host.trim()).filter((host) => host !== "");
  return named.map((host) => parseOrigin(host, true).host);
}

function parseKey(text: string): string {
  if (/[\s\p{Cc}]/u.test(text.trim())) throw new Error("must not contain white space or control characters");
  return text.trim();
}

function parsePaths(text: string): Partial<Record<EndpointName, string>> {
  const paths = /^\s*[{[]/.test(text) ? parseJson(text) : pairsIn(text);
  if (typeof paths !== "object" || paths === null || Array.isArray(paths))
    throw new Error('it must be like list=api/2/postbacks.json, or {"list": "/api/2/postbacks.json"}');
  for (const [name, path] of Object.entries(paths)) {
    if (!ASSUMED_ENDPOINTS.some((assumed) => assumed === name))
      throw new Error(`"${name}" is not an assumed endpoint; those are ${ASSUMED_ENDPOINTS.join(", ")}`);
    if (typeof path !== "string" || !/^\/(?![/\\])[^\s\p{C}?#\\]*$/u.test(path))
      throw new Error(phrases.badPath(name));
  }
  return paths;
}

/**
 * As a command line takes them in every shell: `list=a/b,update=c/d`. Git Bash would rewrite a path that begins with a slash.
 * Undefined if the text is something else.
 */
function pairsIn(text: string): Record<string, string> | undefined {
  const pairs = text.split(",").map((pair) => /^\s*(\w+)\s*=\s*\/?([^\s/:;][^\s:;]*)\s*$/.exec(pair));
  if (!pairs.every((pair) => pair !== null)) return undefined;
  const named = pairs.map(([, name = "", path = ""]) => [name, `/${path}`] as const);
  return new Set(named.map(([name]) => name)).size < named.length ? undefined : Object.fromEntries(named);
}

function parseProxy(text: string): string {
  const url = parseUrl(text);
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new Error("must be an http or https URL");
  return text;
}

function parseChoice(text: string, values: readonly string[]): string {
  if (values.includes(text)) return text;
  throw new Error(`it must be ${alternatives(values.map((value) => `"${value}"`))}`);
}

function parseInteger(text: string, least: number, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Error(`it must be an integer from ${least} to ${most}`);
}
