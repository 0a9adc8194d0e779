import { pieces } from "../../../postback/macros";
import { secretStretches } from "../../../postback/secrets";

/** A part of a URL: text that may stand in code, or a value that partners take for a secret. */
export type UrlPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "secret"; readonly label: string; readonly value: string };

export type SecretPart = Extract<UrlPart, { kind: "secret" }>;

/** Cuts a URL at its secrets. The parts, put together, are the URL byte for byte. */
export function partsOf(url: string): UrlPart[] {
  const parts: UrlPart[] = [];
  let last = 0;
  for (const { at, end } of secretStretches(url)) {
    const value = url.slice(at, end);
    if (!holdsText(value)) continue;
    parts.push(
      { kind: "text", text: url.slice(last, at) },
      { kind: "secret", label: labelOf(url, at, end), value },
    );
    last = end;
  }
  return [...parts, { kind: "text", text: url.slice(last) }];
}

export function secretsOf(url: string): SecretPart[] {
  return partsOf(url).filter((part) => part.kind === "secret");
}

// Macros alone are the same for every partner.
function holdsText(value: string): boolean {
  return pieces(value).some(({ macro }) => macro === undefined);
}

/** What a secret is for: the name of its parameter, or the login of a host. It goes into a name, and nothing of the value does. */
function labelOf(url: string, at: number, end: number): string {
  if (url[end] === "@") return "login";
  let before = url.slice(Math.max(0, at - 100), at);
  for (let times = 0; times < 3; times++)
    before = before.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return /([a-z][\w.-]*)["'\]]*[=:]["']?$/i.exec(before)?.[1] ?? "secret";
}
