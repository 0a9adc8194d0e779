import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactor } from "../../../provider/http/redact";

const SECRET = 'Kq7+/x?y&z="1" 2\'3(4)!é~';

/** How a secret is written in URLs, JSON texts and headers, each as a real encoder writes it. */
const SPELLINGS: Readonly<Record<string, (secret: string) => string>> = {
  raw: (secret) => secret,
  "URL-encoded": encodeURIComponent,
  "URL-encoded in lower case": (secret) => lowerEscapes(encodeURIComponent(secret)),
  "a query parameter": (secret) => new URLSearchParams({ k: secret }).toString().slice(2),
  "a query parameter in lower case": (secret) =>
    lowerEscapes(new URLSearchParams({ k: secret }).toString().slice(2)),
  "part of a URL as it was written": (secret) => encodeURI(secret),
  "JSON-escaped": (secret) => JSON.stringify(secret).slice(1, -1),
  "JSON with escaped slashes": (secret) => JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
  "JSON in ASCII": (secret) => asciiJson(secret),
};

describe("a redactor", () => {
  it.each(Object.keys(SPELLINGS))("hides a secret that is %s", (name) => {
    const written = SPELLINGS[name]?.(SECRET) ?? "";
    expect(redactor([SECRET])(`before ${written} after`)).toBe("before *** after");
  });

  it.each([0, 1, 2])("hides a secret in base64 behind %i bytes", (offset) => {
    const text = Buffer.from(`${"u:".repeat(2).slice(0, offset)}${SECRET}!`).toString("base64");
    const shown = redactor([SECRET])(text);
    expect(shown).toContain("***");
    expect(shown.replace("***", "").length).toBeLessThan(9);
  });

  it("hides every secret, also where one is a part of another", () => {
    expect(redactor(["abcd", "abcdefgh"])("abcdefgh and abcd")).toBe("*** and ***");
  });

  it("leaves texts alone where there is no secret", () => {
    expect(redactor([])("a text")).toBe("a text");
    expect(redactor([undefined, ""])("a text")).toBe("a text");
  });

  it("leaves alone what only looks alike", () => {
    expect(redactor(["secret.key"])("secretXkey")).toBe("secretXkey");
  });

  it("is quick with secrets that could be read in many ways", () => {
    const shown = redactor([`${"\\".repeat(40)}x`, "%25".repeat(40)])(
      `${"\\".repeat(60)}y${"%25".repeat(60)}`,
    );
    expect(shown).toContain("y***");
  });

  it("takes a secret that no encoder can write", () => {
    expect(redactor(["half a pair: \ud800!"])("a half a pair: \ud800! b")).toBe("a *** b");
  });
});

describe("any secret in any surroundings", () => {
  const anySecret = fc
    .oneof(
      fc.string({ unit: "binary", minLength: 6, maxLength: 60 }),
      fc.string({ unit: "binary-ascii", minLength: 6, maxLength: 60 }),
    )
    // One that the placeholder itself holds, or makes with its neighbours, cannot be hidden by a placeholder.
    .filter((secret) => !/[\][redact]/i.test(`${secret.at(0)}${secret.at(-1)}`));
  const surroundings = fc.string({ unit: "binary", maxLength: 40 });

  it.each(Object.keys(SPELLINGS))("is not left over: %s", (name) => {
    const spell = SPELLINGS[name] ?? ((secret: string) => secret);
    fc.assert(
      fc.property(anySecret, surroundings, surroundings, (secret, before, after) => {
        const written = spell(secret);
        const shown = redactor([secret])(`${before}${written}${after}`);
        expect(shown).toContain("***");
        expect(shown).not.toContain(written);
        expect(shown).not.toContain(secret);
      }),
      { seed: 11 },
    );
  });

  it.each(["base64", "base64url"] as const)("is not left over in %s, wherever it begins", (encoding) => {
    fc.assert(
      fc.property(anySecret, surroundings, surroundings, (secret, before, after) => {
        const bytes = Buffer.from(before + secret + after);
        const shown = redactor([secret])(bytes.toString(encoding));
        expect(shown).toContain("***");
        // What is left decodes to a part of the surroundings and to at most the edges of the secret.
        const left = shown.replaceAll("***", "").length;
        const ofSurroundings = Math.ceil(((bytes.length - Buffer.byteLength(secret)) * 4) / 3);
        expect(left).toBeLessThanOrEqual(ofSurroundings + 8);
      }),
      { seed: 12 },
    );
  });

  it("leaves every text alone that does not hold it", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{8,20}$/), surroundings, (secret, text) => {
        fc.pre(!text.toUpperCase().includes(secret));
        expect(redactor([secret])(text)).toBe(text);
      }),
      { seed: 13 },
    );
  });
});

function lowerEscapes(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (found) => found.toLowerCase());
}

function asciiJson(secret: string): string {
  return JSON.stringify(secret)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]|[<>&'+]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
