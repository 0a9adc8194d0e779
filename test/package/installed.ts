import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { program } from "../start";
import type { Manager } from "./managers";

const ROOT = resolve(__dirname, "../..");

/** Version of @pulumi/pulumi that runs on every Node that the package supports. */
export const PULUMI: string = readJson(join(ROOT, "package.json")).devDependencies["@pulumi/pulumi"];

/** What a user's project is like. */
export interface ProjectKind {
  readonly modules: "commonjs" | "module";
  /** Version of @pulumi/pulumi. */
  readonly pulumi: string;
  /** Further packages, by name and version. */
  readonly also?: Readonly<Record<string, string>>;
}

/** Packs what is built in dist/; answers the tarball's path. */
export function pack(): string {
  return packInto(temporary("packed"), ["--ignore-scripts"]);
}

/** Builds anew and packs, as `npm publish` would; answers the tarball's path. */
export function buildAndPack(folder: string): string {
  return packInto(folder, []);
}

function packInto(folder: string, options: readonly string[]): string {
  npm(["pack", ...options, "--pack-destination", folder], ROOT);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack made no tarball.");
  return join(folder, tarball);
}

/** An empty project with the packed package installed and the quickstart as its program; answers its folder. */
export function install(tarball: string, { modules, pulumi, also }: ProjectKind): string {
  const project = temporary("project");
  cpSync(join(ROOT, "examples/quickstart/index.ts"), join(project, "index.ts"));
  writeFileSync(join(project, "Pulumi.yaml"), "name: postbacks\nruntime: nodejs\n");
  writeJson(join(project, "package.json"), {
    name: "postbacks",
    private: true,
    type: modules,
    main: "index.ts",
    dependencies: { "pulumi-cake": `file:${tarball}`, "@pulumi/pulumi": pulumi },
    // Pulumi runs TypeScript ES modules through ts-node's loader, which it does not bring along.
    devDependencies: { typescript: "^5.9.3", "@types/node": "^20.19.0", "ts-node": "^10.9.2", ...also },
  });
  writeJson(join(project, "tsconfig.json"), {
    compilerOptions: {
      strict: true,
      target: "ES2022",
      module: "nodenext",
      moduleResolution: "nodenext",
      skipLibCheck: false,
      types: ["node"],
    },
    files: ["index.ts"],
  });
  npmInstall(project);
  return project;
}

/** A folder in which all that the packed examples ask for is installed, the package from its tarball. */
export function installForExamples(tarball: string, examples: readonly string[]): string {
  const asked = examples.map((name) => readJson(join(ROOT, "examples", name, "package.json")));
  const folder = temporary("examples");
  writeJson(join(folder, "package.json"), {
    private: true,
    dependencies: Object.assign(
      {},
      ...asked.flatMap(({ dependencies, devDependencies }) => [dependencies, devDependencies]),
      ours(tarball),
    ),
  });
  npmInstall(folder);
  return folder;
}

/** Names the tarball in a project that asks for a release. */
export function useTarball(project: string, tarball: string): void {
  const file = join(project, "package.json");
  const { dependencies, ...others } = readJson(file);
  writeJson(file, { ...others, dependencies: { ...dependencies, ...ours(tarball) } });
}

function ours(tarball: string): Record<string, string> {
  return { "pulumi-cake": `file:${tarball}`, "@pulumi/pulumi": PULUMI };
}

/** Installs a project's packages as its user would. Fails where the package manager does. */
export function installWith({ from, env }: Manager, project: string): void {
  if (from === undefined) {
    npmInstall(project);
    return;
  }
  const place = temporary("manager");
  npm(["install", "--no-audit", "--no-fund", "--prefer-offline", `${from.name}@${from.version}`], place);
  run(process.execPath, [join(place, "node_modules", from.name, from.command), "install"], project, env);
  rmSync(place, { recursive: true, force: true });
}

/** Makes the project's modules of the other kind. */
export function useModules(project: string, modules: ProjectKind["modules"]): void {
  const file = join(project, "package.json");
  writeJson(file, { ...readJson(file), type: modules });
}

/** Type-checks the project's program as its editor would. */
export function typeCheck(project: string): void {
  run(process.execPath, [join(project, "node_modules", "typescript", "bin", "tsc"), "--noEmit"], project);
}

function npmInstall(project: string): void {
  npm(["install", "--no-audit", "--no-fund", "--prefer-offline"], project);
}

// biome-ignore lint/suspicious/noExplicitAny: each reader knows the manifest that it has asked for.
function readJson(path: string): any {
  return JSON.parse(readFileSync(path, "utf8"));
}

function writeJson(path: string, value: unknown): void {
  mkdirSync(resolve(path, ".."), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

// The real path, because the system's temporary folder may be a link and tools compare paths.
export function temporary(purpose: string): string {
  return realpathSync(mkdtempSync(join(tmpdir(), `pulumi-cake-${purpose}-`)));
}

// Node is called by its path, and needs no search.
function startOf(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): ReturnType<typeof program> {
  return command === process.execPath
    ? { file: command, args, options: { env } }
    : program(command, args, env);
}

/** Runs npm by its own script where that is known: Windows starts no `npm.cmd` without a shell. */
export function npm(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): void {
  const script = process.env.npm_execpath ?? "";
  if (/npm-cli\.js$/.test(script)) run(process.execPath, [script, ...args], cwd, env);
  else run("npm", args, cwd, env);
}

export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): void {
  try {
    const { file, args: given, options } = startOf(command, args, { ...process.env, ...env });
    execFileSync(file, given, { cwd, encoding: "utf8", stdio: "pipe", ...options });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    // The runner takes each line that looks like one of a stack for this error's own, and looks for its source.
    const said = `${stdout ?? ""}\n${stderr ?? ""}`.replace(/^/gm, "| ");
    throw new Error(`${command} ${args.join(" ")} failed:\n${said}`);
  }
}
