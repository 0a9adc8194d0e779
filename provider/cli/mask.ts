import { pieces } from "../postback/macros";
import { secretStretches } from "../postback/secrets";

const MASK = "***";

/** A parameter's value for a report: what partners take for a secret is masked, in a URL inside it as well; macros are not. */
export function maskedValue(name: string, value: string): string {
  const before = `?${name}=`;
  return maskedFrom(before.length, `${before}${value}`);
}

/** A URL for a report, with the values masked that partners take for secrets, and what stands before an `@` of a host. */
export function maskedUrl(url: string): string {
  return maskedFrom(0, url);
}

/** The host of a URL for a report. Where the `?` was forgotten, parameters stand in it. */
export function maskedHost(host: string): string {
  return maskedFrom(0, host);
}

/** The text from a place on. What stands before it only tells what is secret behind it. */
function maskedFrom(start: number, text: string): string {
  let [shown, end] = ["", start];
  for (const stretch of secretStretches(text).filter((one) => one.end > start)) {
    const at = Math.max(stretch.at, start);
    shown += `${text.slice(end, at)}${mask(text.slice(at, stretch.end))}`;
    end = stretch.end;
  }
  return `${shown}${text.slice(end)}`;
}

function mask(secret: string): string {
  return pieces(secret)
    .map(({ text, macro }) => (macro === undefined ? MASK : text))
    .join("");
}

/** Any text that may hold URLs. */
export function maskText(text: string): string {
  return text.replace(/\S+/g, maskedUrl);
}
