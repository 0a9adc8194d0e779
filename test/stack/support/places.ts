import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

export const repository = resolve(__dirname, "../../..");

/** Where examples are copied from, and what they find installed. */
interface Origin {
  readonly examples: string;
  readonly packages: string;
}

const checkout: Origin = {
  examples: join(repository, "examples"),
  packages: join(repository, "node_modules"),
};

/** The project folder of an example. */
export function example(name: string): string {
  return join(checkout.examples, name);
}

/** A throw-away folder. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "cake-stack-test-"));
}

/**
 * A project of its own around one file of `programs/`, with the package installed. The program is compiled
 * here, because the engine's own compiler takes longer than all the rest of a step.
 */
export function project(file: string): string {
  const folder = temporaryFolder();
  const runtime = { name: "nodejs", options: { typescript: false } };
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    JSON.stringify({ name: "postbacks", runtime, main: "index.js" }),
  );
  const source = readFileSync(join(repository, "test/stack/programs", file), "utf8");
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  writeFileSync(join(folder, "index.js"), transpileModule(source, { compilerOptions }).outputText);
  linkPackages(folder, ["pulumi-cake", "@pulumi/pulumi"]);
  return folder;
}

/** What `pulumi new` makes of the starter template, with its dependencies as if they were installed. */
export function newFromStarter(name: string, origin = checkout): string {
  return copyOf("starter", (folder) => fillIn(folder, name), origin);
}

/** An example that is a project of its own, elsewhere, with its dependencies as if they were installed. */
export function copyOf(
  name: string,
  prepare: (folder: string) => void = () => undefined,
  { examples, packages } = checkout,
): string {
  const folder = temporaryFolder();
  cpSync(join(examples, name), folder, { recursive: true });
  prepare(folder);
  // Only what its package.json asks for, so that a forgotten dependency is missed here.
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  linkPackages(folder, Object.keys({ ...dependencies, ...devDependencies }), packages);
  return folder;
}

/** Answers what a template asks, as `pulumi new` does. */
export function fillIn(folder: string, project: string): void {
  for (const name of ["Pulumi.yaml", "package.json"]) {
    const file = join(folder, name);
    const text = readFileSync(file, "utf8");
    writeFileSync(
      file,
      text.replace(/\$\{PROJECT\}/g, project).replace(/\$\{DESCRIPTION\}/g, "Our postbacks"),
    );
  }
}

function linkPackages(folder: string, names: readonly string[], packages = checkout.packages): void {
  for (const name of names) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(packages, name), link);
  }
}
