/** A key that looks different in every spelling. */
export const CANARY = `cAn4ry-"q\\z/+=%&?-ü-8f3A51d7c9E2b640`;

/** The spellings of a secret, or of half of it, that turn up in a text; none where it is safe. */
export function leaksOf(secret: string, text: string): string[] {
  const middle = secret.length / 2;
  const halves = { "first half": secret.slice(0, middle), "second half": secret.slice(middle) };
  const lower = text.toLowerCase();
  return Object.entries({ ...spellings(secret), ...halves }).flatMap(([spelling, form]) =>
    // The text may be JSON that quotes a message.
    [form, json(form)].some((one) => lower.includes(one.toLowerCase())) ? [spelling] : [],
  );
}

/** Every spelling of a secret that a client, a server or a log may use. */
export function spellings(secret: string): Record<string, string> {
  const aligned = [0, 1, 2].map((offset): [string, string] => [
    `base64, ${offset} bytes in`,
    base64Core(secret, offset),
  ]);
  return {
    raw: secret,
    "URL-encoded": encodeURIComponent(secret),
    "URL-encoded by a form": new URLSearchParams([["", secret]]).toString().slice(1),
    "JSON-escaped": json(secret),
    ...Object.fromEntries(aligned),
    "base64 for URLs": Buffer.from(secret).toString("base64url"),
  };
}

// The characters of base64 that the secret alone decides, so many bytes behind its neighbour's.
function base64Core(secret: string, offset: number): string {
  const bytes = Buffer.from(secret);
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  return text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
}

function json(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
