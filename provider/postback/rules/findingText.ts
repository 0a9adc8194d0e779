import { type EvaluatedFinding, sentence, stops } from "./evaluate";
import { plainSecret } from "./plainSecret";

/** A warning about a finding, with what was found unless the URL is secret. */
export function warningText(finding: EvaluatedFinding, isSecret: boolean): string {
  const quoted =
    !isSecret && finding.quoted !== undefined ? ` Found: ${escapeUnprintable(finding.quoted)}.` : "";
  return sentence(finding) + quoted;
}

// What a partner wrote must do nothing to a terminal.
function escapeUnprintable(text: string): string {
  const hex = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(text).replace(/[^\x20-\x7e]/g, hex);
}

/** The secret in a URL that is not secret, where the project makes an error of it. Only a program knows what is secret. */
export function forbiddenSecret(found: readonly EvaluatedFinding[]): EvaluatedFinding | undefined {
  return found.find((finding) => finding.rule === plainSecret.id && stops(finding));
}
