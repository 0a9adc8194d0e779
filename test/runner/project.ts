// Pulumi.yaml: the project's name, where its program is, and how it is run.
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { unsupported } from "./monitor";
import type { ConfigMap } from "./types";

export interface Project {
  readonly name: string;
  readonly root: string;
  /** The folder in which the program and its providers run. */
  readonly cwd: string;
  /** The file to run, or "." for what package.json says. */
  readonly entry: string;
  readonly isTypeScript: boolean;
  /** Settings that Pulumi.yaml gives for every stack. */
  readonly config: ConfigMap;
}

interface ProjectFile {
  readonly name: string;
  readonly main?: string;
  readonly runtime: string | { readonly name: string; readonly options?: { readonly typescript?: boolean } };
  readonly config?: Readonly<Record<string, { readonly value: string }>>;
}

export function readProject(root: string): Project {
  const {
    name,
    main,
    runtime,
    config = {},
  } = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as ProjectFile;
  const language = typeof runtime === "string" ? { name: runtime } : runtime;
  if (language.name !== "nodejs") throw unsupported(`the runtime "${language.name}"`);
  const isTypeScript = !("options" in language) || language.options?.typescript !== false;
  return { name, root, ...locateProgram(root, main), isTypeScript, config: { ...config } };
}

function locateProgram(root: string, main = ""): { cwd: string; entry: string } {
  if (main === "") return { cwd: root, entry: "." };
  const path = resolve(root, main);
  if (!existsSync(path)) throw new Error(`project 'main' could not be read: ${path}`);
  if (statSync(path).isDirectory()) return { cwd: path, entry: "." };
  return { cwd: dirname(path), entry: basename(path) };
}
