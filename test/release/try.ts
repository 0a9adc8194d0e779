/** Installs the packed file of release/ into an empty folder and runs the quickstart there: `npm run release:try`. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { install, PULUMI, typeCheck } from "../package/installed";
import { runQuickstart } from "../package/quickstart";
import { engines, runner } from "../stack/engines";
import { RELEASE, verifiedFiles } from "./files";

async function main(): Promise<void> {
  if (!existsSync(RELEASE)) throw new Error("There is no release/. Make it first: npm run release:build");
  const packed = verifiedFiles(RELEASE).find((name) => name.endsWith(".tgz"));
  if (packed === undefined) throw new Error("release/ has no packed file. Make it: npm run release:build");
  console.log(`Installing ${packed} and @pulumi/pulumi ${PULUMI} into an empty folder`);
  const project = install(join(RELEASE, packed), { modules: "commonjs", pulumi: PULUMI });
  try {
    typeCheck(project);
    console.log("examples/quickstart type-checks against it");
    const engine = engines.at(-1) ?? runner;
    console.log(`Running it on the ${engine.name}: a stack of two postbacks, in an emulated CAKE`);
    await runQuickstart(project, engine, (line) => console.log(`  ${line}`));
    console.log(`${packed} works on Node ${process.versions.node}.`);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
