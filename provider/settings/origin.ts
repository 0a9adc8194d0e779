import { isLoopback } from "../http/proxyFor";
import { phrases } from "./messages";

/** The address of an instance. Throws what is wrong with it, as the second half of a sentence. */
export function parseOrigin(text: string, allowInsecureHttp: boolean): URL {
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  // A bare number is an address to a URL parser, and to a person a slip.
  if (url === undefined || url.hostname === "" || /^\d+$/.test(text))
    throw new Error("it must be a host or a URL");
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new Error("it must be https (or http for loopback)");
  if (url.username !== "" || url.password !== "")
    throw new Error("it must not contain a user name or a password");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "")
    throw new Error("it must be a host without a path");
  if (url.protocol === "http:" && !isLoopback(url.hostname) && !allowInsecureHttp)
    throw new Error(phrases.insecureHttp);
  return url;
}

/** Host and port of an instance for people and rules, which send nothing; undefined if the text names none. */
export function hostIn(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : parseOrigin(text, true).host;
  } catch {
    return undefined;
  }
}

/** A URL of the text, as a user may write it. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) && !/\s/.test(text) ? new URL(text) : undefined;
}
