import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { otherTextsIn, pagesIn } from "../docs/pages";
import { sectionOf } from "./changelog";

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
  /** The texts that say that there is no release yet. */
  readonly unreleased: readonly string[];
  /** The versions that pages ask for, by the page. */
  readonly named: readonly (readonly [page: string, version: string])[];
}

/** What a text says as long as nothing is published. */
export const UNRELEASED = /\bon\s+npm\s+yet\b|\bno\s+release\s+yet\b/i;

const NUMBER = /\d+\.\d+\.\d+(?:-[a-z]+\.\d+)?/;
/** Where pages name the version: in the name of the packed file, and in addresses and settings with its tag. */
export const NAMED_VERSION = new RegExp(
  `(?<=pulumi-cake-|/tree/v|/download/v|\\bresource cake |\\badd cake@|\\brev: v)${NUMBER.source}`,
  "g",
);

/** Reads them below the root of the project. */
export function versionFacts(root: string): VersionFacts {
  const textOf = (path: string) => readFileSync(join(root, path), "utf8");
  const jsonOf = (path: string) => JSON.parse(textOf(path));
  const lock = jsonOf("package-lock.json");
  const named = (page: string) =>
    [...textOf(page).matchAll(NAMED_VERSION)].map(([one]) => [page, one] as const);
  return {
    version: jsonOf("package.json").version,
    locked: [lock.version, lock.packages[""].version],
    changelog: textOf("CHANGELOG.md"),
    pendingChanges: pendingChanges(root),
    examples: Object.fromEntries(
      exampleManifests(root).map((path) => [path, jsonOf(path).dependencies["pulumi-cake"]]),
    ),
    named: pagesIn(root).flatMap(named),
    unreleased: [...pagesIn(root), ...otherTextsIn(root)]
      .filter((page) => page !== ".github/RELEASING.md")
      .filter((page) => UNRELEASED.test(textOf(page))),
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
  const { version, locked, changelog, examples, named } = facts;
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
    ...named
      .filter(([, one]) => one !== version)
      .map(([page, one]) => `${page} names the version ${one}, and it is ${version}.`),
  ];
}

/** Why these files must not be published under this tag. */
export function reasonsAgainst(tag: string, facts: VersionFacts): string[] {
  const { version, pendingChanges, unreleased } = facts;
  return [
    ...(tag === `v${version}` ? [] : [`The tag is ${tag}, and package.json says ${version}.`]),
    ...disagreements(facts),
    ...unreleased.map((page) => `${page} says that there is no release yet, which this one makes untrue.`),
    ...pendingChanges.map((file) => `.changeset/${file} belongs to no version yet. Run: npm run version`),
  ];
}
