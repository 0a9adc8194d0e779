import { pieces } from "../postback/macros";
import { takesSecret } from "../postback/rules/trackerRules";

const MASK = "***";

/** A parameter's value for a report: what partners take for a secret is masked, macros are not. */
export function maskedValue(name: string, value: string): string {
  if (!takesSecret(name)) return value;
  return pieces(value)
    .map(({ text, macro }) => (macro === undefined ? MASK : text))
    .join("");
}

/**
 * A URL for a report, with the values masked that partners take for secrets, and what stands before an `@` of its host.
 * Half a macro makes the rest of a URL its fragment, so every pair counts, wherever it stands.
 */
export function maskedUrl(url: string): string {
  return maskedPairs(maskedLogin(url, /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0].length ?? 0));
}

/** The host of a URL for a report. */
export function maskedHost(host: string): string {
  return maskedLogin(host, 0);
}

function maskedLogin(text: string, hostAt: number): string {
  const end = /@/.exec(/^[^/?]*/.exec(text.slice(hostAt))?.[0] ?? "");
  return end === null ? text : `${text.slice(0, hostAt)}${MASK}${text.slice(hostAt + end.index)}`;
}

const PAIR = /(?<before>^|[?&])(?<name>[^?&=#]+)=(?<value>[^&]*)/g;
const BEHIND_HASH = /(?<before>#)(?<name>[^?&=#]+)=(?<value>[^&#]*)/g;

function maskedPairs(text: string): string {
  const masked = (_pair: string, before: string, name: string, value: string) =>
    `${before}${name}=${maskedValue(name, value)}`;
  return text.replace(PAIR, masked).replace(BEHIND_HASH, masked);
}
