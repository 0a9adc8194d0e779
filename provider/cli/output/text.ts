import stringWidth from "string-width";

/** `1 page`, `2 pages`. */
/** The day of a time in UTC: `2026-12-31`. */
export function formatDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

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

// No terminal is wider. A URL may be as long as an answer, and only what can be shown is looked at.
const MOST_COLUMNS = 1_000;

/** How many columns of a terminal a text takes, where a Chinese letter takes two. */
export function cellWidth(text: string): number {
  return stringWidth(text.slice(0, MOST_COLUMNS));
}

/** The text in at most so many columns of a terminal, without what is in its middle: both ends of a URL say what it is. */
export function shortenedInside(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  const room = Math.max(0, width - 1);
  const start = fitting([...text.slice(0, 2 * width)], Math.ceil(0.6 * room));
  const end = fitting([...text.slice(-2 * width)].reverse(), room - cellWidth(start.join("")));
  return `${start.join("")}…${end.reverse().join("")}`;
}

/** The first letters that fit. */
function fitting(letters: readonly string[], width: number): string[] {
  let room = width;
  const end = letters.findIndex((letter) => {
    room -= cellWidth(letter);
    return room < 0;
  });
  return letters.slice(0, end === -1 ? letters.length : end);
}

/** The text in lines of at most `width` columns. A word that is longer stays whole, so that it can be copied. */
export function wrapped(text: string, width: number): string[] {
  if (width === Number.POSITIVE_INFINITY) return [text];
  const lines: string[][] = [];
  let room = 0;
  for (const word of text.split(" ")) {
    const needed = cellWidth(word);
    room -= needed + 1;
    if (lines.length > 0 && room >= 0) lines.at(-1)?.push(word);
    else {
      lines.push([word]);
      room = width - needed;
    }
  }
  return lines.map((words) => words.join(" "));
}
