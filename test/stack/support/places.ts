import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const repository = resolve(__dirname, "../../..");

/** The project folder of an example. `quickstart` is what the repository itself runs. */
export function example(name: string): string {
  return name === "quickstart" ? repository : join(repository, "examples", name);
}

/** A throw-away folder. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "cake-stack-test-"));
}

/** A project around one file of `programs/`, without a file in the repository: that is where settings would land. */
export function project(file: string): string {
  const folder = temporaryFolder();
  const main = join(repository, "test/stack/programs", file);
  const runtime = { name: "nodejs", options: { typescript: true } };
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify({ name: "postbacks", runtime, main }));
  return folder;
}

/** What `pulumi new` makes of the starter template, with its dependencies as if they were installed. */
export function newFromStarter(name: string): string {
  const folder = temporaryFolder();
  cpSync(join(repository, "examples/starter"), folder, { recursive: true });
  for (const file of ["Pulumi.yaml", "package.json"]) fillIn(join(folder, file), name);
  linkPackages(folder);
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

// Only what the template's package.json asks for, so that a forgotten dependency is missed here.
function linkPackages(folder: string): void {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(name === "pulumi-cake" ? repository : join(repository, "node_modules", name), link);
  }
}
