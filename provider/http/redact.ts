/** Takes secrets out of a text that is about to be shown or kept. */
export type Redact = (text: string) => string;

const PLACEHOLDER = "***";

/**
 * A function that replaces every form in which the given secrets can turn up in a text: raw, URL-encoded,
 * JSON-escaped, and base64 in each of the three alignments that a neighbour can cause.
 */
export function redactor(secrets: readonly (string | undefined)[]): Redact {
  const forms = new Set(secrets.flatMap((secret) => (secret ? [secret, ...base64FormsOf(secret)] : [])));
  if (forms.size === 0) return (text) => text;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  // Escapes come in both cases, so the match ignores case; one letter too many hidden is no loss.
  const pattern = new RegExp(longestFirst.map(inAnySpelling).join("|"), "giu");
  return (text) => text.replace(pattern, PLACEHOLDER);
}

// Encoders disagree on what they escape ("'" in a query but not in a path, "/" and "+" in some JSON), so each
// character may stand in any spelling. A run of backslashes is one piece: it is doubled as a whole or not at all.
function inAnySpelling(form: string): string {
  const pieces = form.match(/\\+|[^\\]/gu) ?? [];
  return pieces.map((piece) => `(?:${spellingsOf(piece).map(escapeForPattern).join("|")})`).join("");
}

function spellingsOf(piece: string): string[] {
  const bytes = [...Buffer.from(piece)].map((byte) => `%${hex(byte, 2)}`).join("");
  const units = piece.split("").map((unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);
  const json = JSON.stringify(piece).slice(1, -1);
  const other = { " ": ["+"], "/": ["\\/"] }[piece] ?? [];
  return [...new Set([bytes, units.join(""), json, ...other, piece])];
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

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
