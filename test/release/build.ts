/** Makes everything that would be published: `npm run release:build`, for a release with the tag behind `--`. */
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { addressOf } from "../../provider/manifest";
import { buildAndPack } from "../package/installed";
import { disagreements, reasonsAgainst, versionFacts } from "./agreement";
import { releaseNotes } from "./changelog";
import { NOTES, RELEASE, verifiedFiles, writeSums } from "./files";
import { writeArchives } from "./plugin/files";

const ROOT = resolve(__dirname, "../..");

/** What a release consists of; each writes its files into the folder. */
const MAKERS: readonly ((folder: string) => unknown)[] = [buildAndPack, writeArchives, writeNotes];

async function main(tag: string | undefined): Promise<void> {
  const facts = versionFacts(ROOT);
  const reasons = tag === undefined ? disagreements(facts) : reasonsAgainst(tag, facts);
  if (reasons.length > 0) throw new Error(`Nothing was made:\n${reasons.join("\n")}`);
  rmSync(RELEASE, { recursive: true, force: true });
  mkdirSync(RELEASE);
  for (const make of MAKERS) await make(RELEASE);
  writeSums(RELEASE);
  console.log(`pulumi-cake ${facts.version}, made in release/ and listed in SHA256SUMS:`);
  for (const name of verifiedFiles(RELEASE))
    console.log(`  ${name}, ${Math.ceil(statSync(join(RELEASE, name)).size / 1000)} kB`);
  console.log("Nothing was published. To try these files: npm run release:try");
}

function writeNotes(folder: string): void {
  const { version, changelog } = versionFacts(ROOT);
  writeFileSync(join(folder, NOTES), `${releaseNotes(changelog, version, addressOf)}\n`);
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
