import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

/** What a user's project is like. */
export interface ProjectKind {
  readonly manager: "npm" | "pnpm workspace";
  readonly modules: "commonjs" | "module";
  /** Version of @pulumi/pulumi. */
  readonly pulumi: string;
  /** Further packages, by name and version. */
  readonly also?: Readonly<Record<string, string>>;
}

/** Packs the package as `npm publish` would; answers the tarball's path. dist/ must be built. */
export function pack(): string {
  const folder = temporary("packed");
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], ROOT);
  const [tarball] = readdirSync(folder);
  if (tarball === undefined) throw new Error("npm pack made no tarball.");
  return join(folder, tarball);
}

/** An empty project with the packed package installed and the quickstart as its program; answers its folder. */
export function install(tarball: string, kind: ProjectKind): string {
  const top = temporary("project");
  const project = kind.manager === "npm" ? top : join(top, "packages", "postbacks");
  mkdirSync(project, { recursive: true });
  writeProject(project, tarball, kind);
  if (kind.manager === "npm") {
    run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], project);
  } else {
    writeFileSync(join(top, "pnpm-workspace.yaml"), "packages:\n  - packages/*\n");
    writeJson(join(top, "package.json"), { name: "workspace", private: true });
    const pnpm = join(ROOT, "node_modules", "pnpm", "bin", "pnpm.cjs");
    run(
      process.execPath,
      [pnpm, "install", "--ignore-scripts", "--prefer-offline", "--no-frozen-lockfile"],
      top,
    );
  }
  return project;
}

/** Makes the project's modules of the other kind. */
export function useModules(project: string, modules: ProjectKind["modules"]): void {
  const file = join(project, "package.json");
  writeJson(file, { ...JSON.parse(readFileSync(file, "utf8")), type: modules });
}

/** Type-checks the project's program as its editor would. */
export function typeCheck(project: string): void {
  run(process.execPath, [join(project, "node_modules", "typescript", "bin", "tsc"), "--noEmit"], project);
}

function writeProject(project: string, tarball: string, { modules, pulumi, also }: ProjectKind): void {
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
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

// The real path, because the system's temporary folder may be a link and tools compare paths.
function temporary(purpose: string): string {
  return realpathSync(mkdtempSync(join(tmpdir(), `pulumi-cake-${purpose}-`)));
}

function run(command: string, args: readonly string[], cwd: string): void {
  try {
    execFileSync(command, args, { cwd, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} failed:\n${stdout ?? ""}\n${stderr ?? ""}`);
  }
}
