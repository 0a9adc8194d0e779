/** What a release would weigh, cost and allow, and whether that is within its limits: `npm run release:check`. */
import { rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { loadingMs } from "../bench/loading";
import { supportParts } from "../docs/support";
import { buildAndPack, npm, temporary } from "../package/installed";
import { disagreements, versionFacts } from "./agreement";
import { type InstalledPackage, installedPackages } from "./install";
import { unlicensed } from "./licenses";
import { LIMITS } from "./limits";
import { archiveName, EXECUTABLE, thisSystem, writeArchives, writePlugin } from "./plugin/files";

const ROOT = resolve(__dirname, "../..");
const SDK = "@pulumi/pulumi";

/** The entries that programs and the engine load, and what has been loaded before each. */
const ENTRIES = [
  ["pulumi-cake", SDK],
  ["pulumi-cake/host", undefined],
  ["pulumi-cake/sandbox", undefined],
  ["pulumi-cake/policy", SDK],
  ["pulumi-cake/csv", undefined],
] as const;

const SUPPORT_TESTS = ["test/unit/docs/support.test.ts", "test/unit/github/ci.test.ts"];

let broken = 0;

async function main(): Promise<void> {
  const facts = versionFacts(ROOT);
  console.log(`pulumi-cake ${facts.version}\n`);
  list("Version: package.json, lock file, changelog, examples and pages agree", disagreements(facts));
  list("Support: manifest, tests and CI name the same versions", failureOf("unit", SUPPORT_TESTS));

  const tarball = buildAndPack(temporary("packed"));
  list("Shape: npm run package (knip, publint, Are the types wrong?)", failureOf("package"));
  const packages = installedPackages(tarball);
  const packedBytes = statSync(tarball).size;
  rmSync(dirname(tarball), { recursive: true, force: true });
  list("Licenses of everything that is installed are on the list", unlicensed(packages));

  console.log("\nSize");
  const [ours, own, all] = [
    packages.filter(({ name }) => name === "pulumi-cake"),
    packages.filter(({ isOfPeers }) => !isOfPeers),
    packages,
  ];
  limit("packed file", packedBytes, LIMITS.packedBytes, megabytes);
  limit("unpacked", bytesOf(ours), LIMITS.unpackedBytes, megabytes);
  limit("packages of an installation, without peers", own.length, LIMITS.ownPackages, String);
  limit("their size", bytesOf(own), LIMITS.ownBytes, megabytes);
  row("packages, with @pulumi/pulumi", String(all.length));
  row("their size", megabytes(bytesOf(all)));

  await limitPlugin();

  console.log("\nLoading, the median of 5 processes; not limited here");
  for (const [entry, over] of ENTRIES)
    row(over === undefined ? entry : `${entry}, over ${over}`, `${loadingMs(entry, over, 5).toFixed(0)} ms`);

  console.log(`\nSupport\n${supportParts(ROOT).support?.replace(/^/gm, "  ")}`);

  console.log(broken === 0 ? "\nAll is within its limits." : `\n${broken} of these must not be released.`);
  process.exitCode = broken === 0 ? 0 : 1;
}

/** The plugin's licenses are checked where it is bundled. */
async function limitPlugin(): Promise<void> {
  const folder = temporary("plugin");
  try {
    await writePlugin(folder);
    await writeArchives(folder);
    limit("plugin in one file", bytesOfFile(join(folder, EXECUTABLE)), LIMITS.pluginBytes, megabytes);
    const archive = join(folder, archiveName(thisSystem()));
    limit("its archive", bytesOfFile(archive), LIMITS.archiveBytes, megabytes);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bytesOfFile(path: string): number {
  return statSync(path).size;
}

/** What a script of the package prints where it fails. */
function failureOf(script: string, args: readonly string[] = []): string[] {
  try {
    npm(["run", "--silent", script, "--", ...args], ROOT);
    return [];
  } catch (error) {
    return (error as Error).message.trimEnd().split("\n");
  }
}

function list(what: string, problems: readonly string[]): void {
  if (problems.length > 0) broken += 1;
  console.log(`${problems.length === 0 ? "ok    " : "BROKEN"}  ${what}`);
  for (const problem of problems) console.log(`        ${problem}`);
}

function limit(what: string, value: number, most: number, format: (value: number) => string): void {
  if (value > most) broken += 1;
  row(what, format(value), `${value > most ? "BROKEN, " : ""}limit ${format(most)}`);
}

function row(what: string, value: string, remark = ""): void {
  console.log(`  ${what.padEnd(44)}${value.padStart(9)}  ${remark}`.trimEnd());
}

function bytesOf(packages: readonly InstalledPackage[]): number {
  return packages.reduce((sum, { bytes }) => sum + bytes, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
