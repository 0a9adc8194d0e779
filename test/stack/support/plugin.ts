// The provider plugin of the build, where the engine finds it, and programs in YAML, which use it.
import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { CliStack } from "./cli";
import { pulumi } from "./cli/command";
import { repository, temporaryFolder } from "./places";

/** A program in YAML, as its Pulumi.yaml has it beside the name and the runtime. */
export interface YamlProgram {
  /** Where plugins are, by the names of their packages: a folder with the executable, for one. */
  readonly packages?: Readonly<Record<string, string>>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly resources?: Readonly<Record<string, YamlResource>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface YamlResource {
  readonly type: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly get?: Readonly<Record<string, unknown>>;
}

/** A project folder of a program in YAML. {@link writeYaml} changes the program between two operations. */
export function yamlProject(program: YamlProgram): string {
  const folder = temporaryFolder();
  writeYaml(folder, program);
  return folder;
}

/** From now on, the project's program is this one. Its packages stay those with which the stack was made. */
export function writeYaml(folder: string, program: YamlProgram): void {
  // JSON is YAML.
  const project = { name: "postbacks", runtime: "yaml", ...program };
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify(project, undefined, 2));
}

/** The folder with PulumiPlugin.yaml, which an installed package has, too. */
export const pluginPackage: string = join(repository, "provider/plugin/package");

/** A folder with the executable `pulumi-resource-cake` of this build, as npm makes it for the PATH of a project. */
export function pluginFolder(): string {
  const folder = temporaryFolder();
  const program = join(repository, "dist/plugin/main.js");
  chmodSync(program, 0o755);
  symlinkSync(program, join(folder, "pulumi-resource-cake"));
  return folder;
}

/** The environment in which a plugin on the PATH is not used instead of an installed one. */
export const NO_OTHER_PLUGIN = { PULUMI_IGNORE_AMBIENT_PLUGINS: "true" };

/** Installs an archive of the plugin as users do, into the PULUMI_HOME of the stack. */
export async function installArchive(stack: CliStack, archive: string): Promise<void> {
  const [, version] = /-v(\d.*)-[a-z]+-[a-z0-9]+\.tar\.gz$/.exec(archive) ?? [];
  const args = ["plugin", "install", "resource", "cake", version ?? "", "--file", archive];
  await commandOf(stack, args);
}

/** Runs a command of the CLI that takes no stack; the answer is what it prints. */
export async function commandOf(stack: CliStack, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await pulumi(args, { cwd: stack.workDir, env: stack.environment() });
  if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}: ${stderr}${stdout}`);
  return stdout;
}

/** The environment in which programs of a folder are found first. */
export function onPath(folder: string): { readonly PATH: string } {
  return { PATH: `${folder}${delimiter}${process.env.PATH ?? ""}` };
}
