/** Licenses of what a user installs. Each lets a program under any license, also a closed one, use the package. */
const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-3.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Python-2.0",
  "Unlicense",
]);

/** What somebody has read in the file of a package whose manifest does not name its license. */
const READ: Readonly<Record<string, string>> = { "@logdna/tail-file": "MIT" };

export interface LicensedPackage {
  readonly name: string;
  readonly version: string;
  /** As its manifest says. */
  readonly license: string | undefined;
}

/** Packages whose license is not on the list: a person decides, and adds the license, or removes the package. */
export function unlicensed(packages: readonly LicensedPackage[]): string[] {
  return packages
    .filter(({ name, license = "" }) => !allows(license) && !allows(READ[name] ?? ""))
    .map(({ name, version, license }) => `${name} ${version}: ${license ?? "no license"}`);
}

/** `(MIT OR GPL-3.0)` offers a choice, and `(MIT AND ISC)` has parts. A person decides about anything more complex. */
function allows(license: string): boolean {
  const expression = /^\((.*)\)$/.exec(license)?.[1] ?? license;
  return expression.split(" OR ").some((choice) => choice.split(" AND ").every((part) => ALLOWED.has(part)));
}
