/** Takes secrets out of a text that is about to be shown or kept. */
export type Redact = (text: string) => string;

const PLACEHOLDER = "[redacted]";

/**
 * A function that replaces every form in which the given secrets can turn up in a text: raw,
 * URL-encoded, JSON-escaped, and base64 in each of the three alignments that a neighbour can cause.
 */
export function redactor(secrets: readonly (string | undefined)[]): Redact {
  const forms = new Set(secrets.filter((secret) => secret !== undefined && secret !== "").flatMap(formsOf));
  if (forms.size === 0) return (text) => text;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  // Percent escapes come in both cases, so the match ignores case; one letter too many hidden is no loss.
  const pattern = new RegExp(longestFirst.map(escapeForPattern).join("|"), "gi");
  return (text) => text.replace(pattern, PLACEHOLDER);
}

function formsOf(secret: string | undefined): string[] {
  if (secret === undefined) return [];
  const encoded = encodeURIComponent(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, encoded, encoded.replaceAll("%20", "+"), json, ...base64FormsOf(secret)];
}

function base64FormsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    // Only the characters that the secret alone decides; its neighbours decide those at the edges.
    const core = encoded.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
    return core.length < 4 ? [] : [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
