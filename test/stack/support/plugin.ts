// The provider plugin of the build, where the engine finds it, and programs in YAML, which use it.
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
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

/** A folder with the executable `pulumi-resource-cake` of this build, for the PATH or the `packages` of a project. */
export function pluginFolder(): string {
  const folder = temporaryFolder();
  const script = `#!/bin/sh\nexec node "${join(repository, "dist/plugin/main.js")}" "$@"\n`;
  writeFileSync(join(folder, "pulumi-resource-cake"), script);
  chmodSync(join(folder, "pulumi-resource-cake"), 0o755);
  return folder;
}

/** The environment in which programs of a folder are found first. */
export function onPath(folder: string): { readonly PATH: string } {
  return { PATH: `${folder}${delimiter}${process.env.PATH ?? ""}` };
}
