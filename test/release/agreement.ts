import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pagesIn } from "../docs/pages";
import { preambleOf, sectionOf } from "./changelog";

/** What the files of the project say about the version that they are. */
export interface VersionFacts {
  readonly version: string;
  /** Both places of the lock file. */
  readonly locked: readonly (string | undefined)[];
  readonly changelog: string;
  /** The descriptions of changes that no version has yet. */
  readonly pendingChanges: readonly string[];
  /** What each example asks for, by its name. */
  readonly examples: Readonly<Record<string, string>>;
  /** The names of packed files that pages ask to install, by the page. */
  readonly packedFiles: readonly (readonly [page: string, file: string])[];
}

/** Where the pages name the packed file. */
export const PACKED_FILE = /pulumi-cake-\d[\w.-]*\.tgz/g;

/** Reads them below the root of the project. */
export function versionFacts(root: string): VersionFacts {
  const textOf = (path: string) => readFileSync(join(root, path), "utf8");
  const jsonOf = (path: string) => JSON.parse(textOf(path));
  const lock = jsonOf("package-lock.json");
  const named = (page: string) =>
    [...textOf(page).matchAll(PACKED_FILE)].map(([file]) => [page, file] as const);
  return {
    version: jsonOf("package.json").version,
    locked: [lock.version, lock.packages[""].version],
    changelog: textOf("CHANGELOG.md"),
    pendingChanges: pendingChanges(root),
    examples: Object.fromEntries(
      exampleManifests(root).map((path) => [path, jsonOf(path).dependencies["pulumi-cake"]]),
    ),
    packedFiles: pagesIn(root).flatMap(named),
  };
}

// Those of a prerelease stay until its release, and are in the changelog already.
function pendingChanges(root: string): string[] {
  const folder = join(root, ".changeset");
  const prerelease = join(folder, "pre.json");
  const done: string[] = existsSync(prerelease)
    ? JSON.parse(readFileSync(prerelease, "utf8")).changesets
    : [];
  const files = readdirSync(folder).filter((file) => /^(?!README).*\.md$/.test(file));
  return files.filter((file) => !done.includes(file.replace(/\.md$/, "")));
}

/** The manifests of the examples, by their paths from the root. */
export function exampleManifests(root: string): string[] {
  const all = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" });
  const ours = all.filter((path) => /^[^/\\]+[/\\]package\.json$/.test(path));
  return ours.map((path) => `examples/${path.replaceAll("\\", "/")}`).sort();
}

/** Where the files disagree about the version. */
export function disagreements(facts: VersionFacts): string[] {
  const { version, locked, changelog, examples, packedFiles } = facts;
  const range = `^${version}`;
  return [
    ...locked
      .filter((one) => one !== version)
      .map((one) => `package-lock.json says ${one ?? "nothing"}, package.json ${version}.`),
    ...(sectionOf(changelog, version) === undefined
      ? [`CHANGELOG.md says nothing under "## ${version}".`]
      : []),
    ...Object.entries(examples)
      .filter(([, asked]) => asked !== range)
      .map(([path, asked]) => `${path} asks for pulumi-cake ${asked ?? "not at all"}, not for ${range}.`),
    ...packedFiles
      .filter(([, file]) => file !== `pulumi-cake-${version}.tgz`)
      .map(([page, file]) => `${page} names ${file}, and the version is ${version}.`),
  ];
}

/** Why these files must not be published under this tag. */
export function reasonsAgainst(tag: string, facts: VersionFacts): string[] {
  const { version, changelog, pendingChanges } = facts;
  return [
    ...(tag === `v${version}` ? [] : [`The tag is ${tag}, and package.json says ${version}.`]),
    ...disagreements(facts),
    ...(preambleOf(changelog) === ""
      ? []
      : ["CHANGELOG.md has a text before its first version, which a release makes untrue. Remove it."]),
    ...pendingChanges.map((file) => `.changeset/${file} belongs to no version yet. Run: npm run version`),
  ];
}
