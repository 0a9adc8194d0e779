/** Spaces, line breaks and invisible characters: control characters, zero-width joiners, direction marks. */
export const BLANK = /[\p{Z}\p{Cc}\p{Cf}]/u;

/** The text without surrounding spaces, including those that `trim` keeps. */
export function trimmed(text: string): string {
  const isBlankAt = (at: number) => BLANK.test(text.charAt(at));
  let [start, end] = [0, text.length];
  while (start < end && isBlankAt(start)) start++;
  while (end > start && isBlankAt(end - 1)) end--;
  return text.slice(start, end);
}
