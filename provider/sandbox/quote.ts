import { urlParts, urlScheme } from "../postback/url";
import type { Fields } from "./wire";

/** The forms in which an answer can quote a URL that was sent. */
export const QUOTE_FORMS = ["plain", "percentEncoded", "withoutScheme", "escapedSlashes", "values"] as const;
/**
 * `plain`: unchanged. `percentEncoded`: with `%3A%2F%2F`. `withoutScheme`: from the host on. `escapedSlashes`: each
 * slash as `\u002f` in the JSON. `values`: only the values of its parameters.
 */
export type QuoteForm = (typeof QUOTE_FORMS)[number];

/** The JSON of a refusal that quotes the `postback_url` of a request. */
export function quotingBody({ postback_url }: Fields, form: QuoteForm): string {
  const url = typeof postback_url === "string" ? postback_url : "";
  const body = JSON.stringify({
    request_status: "Failure",
    message: `Invalid postback_url: ${quoted(url, form)}`,
  });
  return form === "escapedSlashes" ? body.replaceAll("/", "\\u002f") : body;
}

function quoted(url: string, form: QuoteForm): string {
  switch (form) {
    case "plain":
    case "escapedSlashes":
      return url;
    case "percentEncoded":
      return encodeURIComponent(url);
    case "withoutScheme":
      return url.slice(urlScheme(url).length);
    case "values":
      return Object.values(urlParts(url).query).flat().join(", ");
  }
}
