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

/** What no version of a JSON file lacks: other files have a version, too, such as an export of Pulumi's. */
const SIGNS = { adopted: "instance", inventoryReport: "takenAt" } as const;

/** The version of a JSON file that a newer version of this package wrote; undefined for any other. */
export function newerVersionOf(format: keyof typeof SIGNS, content: unknown): number | undefined {
  if (typeof content !== "object" || content === null || !(SIGNS[format] in content)) return undefined;
  const { version } = content as { version?: unknown };
  return typeof version === "number" && isNewer(format, version) ? version : undefined;
}
