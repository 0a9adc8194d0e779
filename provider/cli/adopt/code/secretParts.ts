import { secretRanges } from "../../../postback/secrets";

/** A part of a URL: text that may stand in code, or a value that partners take for a secret. */
export type UrlPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "secret"; readonly label: string; readonly value: string };

/** Cuts a URL at its secrets. The parts, put together, are the URL byte for byte. */
export function partsOf(url: string): UrlPart[] {
  const parts: UrlPart[] = [];
  let done = 0;
  for (const { at, end, name: label = "login" } of secretRanges(url)) {
    parts.push({ kind: "text", text: url.slice(done, at) });
    parts.push({ kind: "secret", label, value: url.slice(at, end) });
    done = end;
  }
  return [...parts, { kind: "text", text: url.slice(done) }];
}

/** The secrets of a URL, in their order. */
export function secretsOf(url: string): Extract<UrlPart, { kind: "secret" }>[] {
  return partsOf(url).filter((part) => part.kind === "secret");
}
