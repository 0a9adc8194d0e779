/** The files of a release, in one folder that git ignores. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const RELEASE = resolve(__dirname, "../../release");
export const NOTES = "notes.md";
const SUMS = "SHA256SUMS";

/** Writes the checksum of every other file, as `sha256sum --check` reads them. */
export function writeSums(folder: string): void {
  const names = readdirSync(folder).filter((name) => name !== SUMS);
  writeFileSync(
    join(folder, SUMS),
    names
      .sort()
      .map((name) => `${sumOf(folder, name)}  ${name}\n`)
      .join(""),
  );
}

/**
 * The names of the files, each as it was made.
 *
 * @throws If one was changed, added or removed since.
 */
export function verifiedFiles(folder: string): string[] {
  const sums = readFileSync(join(folder, SUMS), "utf8").trimEnd().split("\n");
  const listed = sums.map((line) => line.slice(66)).sort();
  const present = readdirSync(folder).filter((name) => name !== SUMS);
  if (listed.join("\n") !== present.sort().join("\n"))
    throw new Error(`${SUMS} lists ${listed.join(", ")}, and there is ${present.join(", ")}.`);
  const changed = listed.filter((name) => !sums.includes(`${sumOf(folder, name)}  ${name}`));
  if (changed.length > 0) throw new Error(`Changed since it was made: ${changed.join(", ")}`);
  return listed;
}

function sumOf(folder: string, name: string): string {
  return createHash("sha256")
    .update(readFileSync(join(folder, name)))
    .digest("hex");
}
