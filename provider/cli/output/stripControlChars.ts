/**
 * A text from outside, made harmless for a terminal or a table: without control and formatting characters,
 * with which a partner's URL could otherwise move the cursor, colour lines or hide what it says.
 */
export function stripControlChars(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\uFFFD");
}
