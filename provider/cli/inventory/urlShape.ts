import { tokenizeMacros } from "../../postback/macros";
import { UrlReading } from "../../postback/reading/reading";
import { urlParts } from "../../postback/url";

const ELLIPSIS = "…";

/** The host of a URL in lower case, with its port, and without a name and password that stand before it. */
export function urlHost(url: string): string {
  return urlParts(url).host.replace(/^.*@/s, "").toLowerCase();
}

/**
 * What URLs of one make have in common: the path and the parameters in alphabetical order, with their macros; every
 * other value is left out. `/postback?cid=#s2#&et=…`
 */
export function urlShape(url: string): string {
  const { path, parameters: all } = new UrlReading(url);
  const parameters = all.map(({ name, value }) => `${name}=${macrosOf(value)}`).sort();
  return `${path.text || "/"}${parameters.length === 0 ? "" : `?${parameters.join("&")}`}`;
}

// A value without a macro is the partner's own business; several pieces of text are one gap.
function macrosOf(value: string): string {
  return tokenizeMacros(value)
    .map(({ text, macro }) => (macro === undefined ? ELLIPSIS : text))
    .join("");
}
