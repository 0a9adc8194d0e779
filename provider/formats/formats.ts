/**
 * The version of each format that is read back by a later run, another command or a colleague's pulumi-cake. It is raised
 * when an older version would misread what a newer one writes, and for nothing else. A state and the file of a run carry no
 * mark yet: what has none has version 1.
 */
export const FORMATS = {
  state: 1,
  journalEntry: 2,
  runFile: 1,
  adopted: 1,
  inventoryReport: 1,
  sandboxFile: 1,
} as const;

/** The mark of a version in a state, among outputs and inputs. */
export const STATE_VERSION = "__version";

/** Whether something has a version that this package does not know. A mark that is no number of a version is none that it knows. */
export function isNewer(format: keyof typeof FORMATS, version: unknown): boolean {
  if (version === undefined) return false;
  return !(typeof version === "number" && version <= FORMATS[format]);
}

/** The version that a file from JSON calls its own, if that is newer than this package reads. */
export function newerVersionOf(format: keyof typeof FORMATS, file: unknown): number | undefined {
  const { version } = typeof file === "object" && file !== null ? (file as { version?: unknown }) : {};
  return typeof version === "number" && isNewer(format, version) ? version : undefined;
}
