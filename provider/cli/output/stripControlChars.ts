/**
 * A text from outside, made harmless for a terminal, a table or the log of a CI job: without control and formatting
 * characters, with which a partner's URL could otherwise move the cursor, color lines or hide what it says, and without
 * what GitHub's runner obeys (`::command::` at the beginning of a line, `##[command]` anywhere).
 */
export function stripControlChars(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\uFFFD")
    .replace(/##(?=\[)/g, "#\uFFFD")
    .replace(/^(\s*):(?=:)/, "$1\uFFFD");
}
