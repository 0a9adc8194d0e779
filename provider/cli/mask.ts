import { pieces } from "../postback/macros";
import { takesSecret } from "../postback/rules/trackerRules";
import { urlParts } from "../postback/url";

const MASK = "***";

/** A parameter's value for a report: what partners take for a secret is masked, macros are not. */
export function maskedValue(name: string, value: string): string {
  if (!takesSecret(name)) return value;
  return pieces(value)
    .map(({ text, macro }) => (macro === undefined ? MASK : text))
    .join("");
}

/** A URL for a report, with the values masked that partners take for secrets. */
export function maskedUrl(url: string): string {
  const { query } = urlParts(url);
  const names = Object.keys(query).filter(takesSecret);
  if (names.length === 0) return url;
  const queryAt = url.indexOf("?");
  const pairs = url.slice(queryAt + 1).split("&");
  const masked = pairs.map((pair) => {
    const at = pair.indexOf("=");
    const name = at === -1 ? pair : pair.slice(0, at);
    return at !== -1 && names.includes(name) ? `${name}=${maskedValue(name, pair.slice(at + 1))}` : pair;
  });
  return `${url.slice(0, queryAt + 1)}${masked.join("&")}`;
}
