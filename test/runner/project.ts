// Pulumi.yaml: the project's name, where its program is, and how it is run.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { Refusal } from "./registration";

export interface Project {
  name: string;
  root: string;
  /** The folder the program runs in, and its host. */
  cwd: string;
  /** The file to run, or "." for what package.json says. */
  entry: string;
  runtimeOptions: Record<string, unknown>;
  /** Settings that Pulumi.yaml gives for every stack. */
  config: Record<string, string>;
}

interface ProjectFile {
  name?: string;
  main?: string;
  runtime?: string | { name?: string; options?: Record<string, unknown> };
  config?: Record<string, unknown>;
  [key: string]: unknown;
}

const load = createRequire(__filename);
const yaml = createRequire(load.resolve("@pulumi/pulumi"))("js-yaml") as { load(text: string): unknown };

export function readProject(root: string): Project {
  const file = yaml.load(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as ProjectFile;
  const runtime = typeof file.runtime === "string" ? { name: file.runtime } : (file.runtime ?? {});
  if (runtime.name !== "nodejs") throw new Refusal(`the runtime "${runtime.name}"`);
  for (const key of ["plugins", "packages"])
    if (file[key] !== undefined) throw new Refusal(`"${key}" in Pulumi.yaml`);
  if (file.name === undefined) throw new Error("Pulumi.yaml has no name");
  return {
    name: file.name,
    root,
    ...locateProgram(root, file.main),
    runtimeOptions: runtime.options ?? {},
    config: projectConfig(file.name, file.config ?? {}),
  };
}

function locateProgram(root: string, main: string | undefined): { cwd: string; entry: string } {
  if (main === undefined || main === "") return { cwd: root, entry: "." };
  const path = resolve(root, main);
  if (!existsSync(path)) throw new Error(`project 'main' could not be read: ${path}`);
  return statSync(path).isDirectory()
    ? { cwd: path, entry: "." }
    : { cwd: dirname(path), entry: basename(path) };
}

function projectConfig(name: string, config: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(config).flatMap(([key, value]) => {
    const given = typeof value === "object" && value !== null && "value" in value ? value.value : value;
    if (typeof value === "object" && value !== null && !("value" in value)) return [];
    return [
      [key.includes(":") ? key : `${name}:${key}`, typeof given === "string" ? given : JSON.stringify(given)],
    ];
  });
  return Object.fromEntries(entries);
}
