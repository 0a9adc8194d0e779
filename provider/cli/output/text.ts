/** `1 page`, `2 pages`. */
export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** `fires twice` for the name `firesTwice`, and `click ID` for `clickId`. */
export function spellOut(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/\bid\b/g, "ID");
}

/** `a, b and 3 more`: a list that fills the screen hides what to do about it. */
export function listed(names: readonly string[], most: number): string {
  const more = names.length - most;
  const shown = names.slice(0, most).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** The text in at most so many characters. Only what can be shown is looked at: a URL may be as long as an answer. */
export function shortened(text: string, longest: number): string {
  const letters = [...text.slice(0, 2 * longest)];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join("")}…`;
}

/** The text in lines of at most `width` characters. A word that is longer stays whole, so that it can be copied. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length === 0 || longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
