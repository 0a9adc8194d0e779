import { distance } from "fastest-levenshtein";

/** The known name that a mistyped one most probably means; undefined where none is near. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  return nearNames(given, known)[0];
}

/** What to say of arguments that do not exist: which they may mean, or else which there are. */
export function meantBy(unknown: readonly string[], known: readonly string[]): string {
  const meant = unknown.map((one) => nearest(one, known));
  return meant.every((one) => one !== undefined)
    ? `Did you mean ${meant.join(", ")}?`
    : `It takes ${known.join(", ")}.`;
}

/** All known names that a mistyped one may mean, the most probable first. */
export function nearNames(given: string, known: readonly string[]): string[] {
  return known
    .map((name) => ({ name, edits: editsBetween(given, name) }))
    .filter(({ edits }) => edits <= Math.max(2, given.length / 3))
    .sort((one, other) => one.edits - other.edits)
    .map(({ name }) => name);
}

// CAKE's own spelling (postback_url) is not a mistake of letters, and neither is a name cut short (status, typeId).
function editsBetween(given: string, known: string): number {
  const plain = given.toLowerCase().replaceAll("_", "");
  const isCutShort = plain.length > 2 && known.toLowerCase().endsWith(plain);
  return isCutShort ? 0 : distance(plain, known.toLowerCase());
}
