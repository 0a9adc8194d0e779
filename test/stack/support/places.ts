import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

export const repository = resolve(__dirname, "../../..");

/** The project folder of an example. `quickstart` is what the repository itself runs. */
export function example(name: string): string {
  return name === "quickstart" ? repository : join(repository, "examples", name);
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
export function newFromStarter(name: string): string {
  return copyOf("starter", (folder) => {
    for (const file of ["Pulumi.yaml", "package.json"]) fillIn(join(folder, file), name);
  });
}

/** An example that is a project of its own, elsewhere, with its dependencies as if they were installed. */
export function copyOf(name: string, prepare: (folder: string) => void = () => undefined): string {
  const folder = temporaryFolder();
  cpSync(join(repository, "examples", name), folder, { recursive: true });
  prepare(folder);
  // Only what its package.json asks for, so that a forgotten dependency is missed here.
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  linkPackages(folder, Object.keys({ ...dependencies, ...devDependencies }));
  return folder;
}

function fillIn(file: string, name: string): void {
  const answers: Record<string, string> = { PROJECT: name, DESCRIPTION: "Our postbacks" };
  const text = readFileSync(file, "utf8");
  writeFileSync(
    file,
    text.replace(/\$\{(\w+)\}/g, (placeholder, question) => answers[question] ?? placeholder),
  );
}

function linkPackages(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(name === "pulumi-cake" ? repository : join(repository, "node_modules", name), link);
  }
}
