/** Installs the packed file of release/ into an empty folder and runs the quickstart there: `npm run release:try`. */
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { install, PULUMI, temporary, typeCheck } from "../package/installed";
import { runQuickstart } from "../package/quickstart";
import { type Engine, engines, runner } from "../stack/engines";
import { CliStack, findYamlHost } from "../stack/support/cli";
import { example } from "../stack/support/places";
import { installArchive, NO_OTHER_PLUGIN } from "../stack/support/plugin";
import { RELEASE, verifiedFiles } from "./files";
import { archiveName, thisSystem } from "./plugin/files";

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
    await tryPlugin();
    console.log(`${packed} works on Node ${process.versions.node}.`);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

/** Has the CLI install the archive for this system, and runs the quickstart in YAML, with no package in reach. */
async function tryPlugin(): Promise<void> {
  const archive = archiveName(thisSystem());
  if (!findYamlHost()) {
    console.log(`${archive} was not tried: there is no Pulumi CLI with pulumi-language-yaml on the PATH.`);
    return;
  }
  const project = temporary("yaml");
  const engine: Engine = {
    name: "pulumi CLI",
    async create(options) {
      const stack = await CliStack.create({ ...options, env: { ...options.env, ...NO_OTHER_PLUGIN } });
      await installArchive(stack, join(RELEASE, archive));
      return stack;
    },
  };
  try {
    cpSync(example("quickstart-yaml"), project, { recursive: true });
    console.log(`Installing ${archive} into an empty PULUMI_HOME, and running examples/quickstart-yaml`);
    await runQuickstart(project, engine, (line) => console.log(`  ${line}`));
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
