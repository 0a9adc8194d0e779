import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requireResolvableHost, SHELL } from "../../provider/resource/shell";
import { Folder } from "./support/layouts";
import { REPOSITORY } from "./support/process";

const METHODS = ["check", "configure", "create", "delete", "diff", "read", "update"];
const MANIFEST = readFileSync(join(REPOSITORY, "package.json"), "utf8");

/** Puts the package where a package manager would: its manifest and its build. */
function install(folder: Folder, place: string): void {
  folder.write(`${place}/package.json`, MANIFEST);
  folder.link(`${place}/dist`, join(REPOSITORY, "dist"));
}

/** Runs the text as the engine's process does, and tells which methods it finds. */
function methodsFoundFrom(cwd: string, env: Readonly<Record<string, string>> = {}): unknown {
  const program = `${SHELL} console.log(JSON.stringify(Object.keys(exports.handler()).sort()))`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", program], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    encoding: "utf8",
  });
  return stdout === "" ? stderr : JSON.parse(stdout);
}

describe("the text that is stored in users' states", () => {
  it("has not changed by one byte", () => {
    expect(SHELL).toBe(
      'exports.handler = () => require("module").createRequire((process.env.CAKE_HOST_FROM || process.cwd()) + "/")("pulumi-cake/host");',
    );
    expect(Buffer.byteLength(SHELL)).toBe(129);
  });

  const layouts: [string, string, (folder: Folder) => void][] = [
    ["npm", "app", (folder) => install(folder, "app/node_modules/pulumi-cake")],
    [
      "npm, from a folder inside the project",
      "app/infra",
      (folder) => {
        folder.write("app/infra/Pulumi.yaml", "");
        install(folder, "app/node_modules/pulumi-cake");
      },
    ],
    [
      "npm, in a folder with odd characters",
      "my app #1 %41 é",
      (folder) => install(folder, "my app #1 %41 é/node_modules/pulumi-cake"),
    ],
    [
      "pnpm",
      "app",
      (folder) => {
        install(folder, "app/node_modules/.pnpm/pulumi-cake@0.1.0/node_modules/pulumi-cake");
        folder.link("app/node_modules/pulumi-cake", ".pnpm/pulumi-cake@0.1.0/node_modules/pulumi-cake");
      },
    ],
    [
      "a workspace",
      "packages/infra",
      (folder) => {
        folder.write("packages/infra/package.json", "{}");
        install(folder, "packages/pulumi-cake");
        folder.link("node_modules/pulumi-cake", "../packages/pulumi-cake");
      },
    ],
    ["the package itself", "pulumi-cake", (folder) => install(folder, "pulumi-cake")],
    [
      "a program inside the package",
      "pulumi-cake/examples/quickstart",
      (folder) => {
        install(folder, "pulumi-cake");
        folder.write("pulumi-cake/examples/quickstart/Pulumi.yaml", "");
      },
    ],
    [
      "a link to the project",
      "link",
      (folder) => {
        install(folder, "app/node_modules/pulumi-cake");
        folder.link("link", "app");
      },
    ],
  ];

  it.each(layouts)("finds the package in the layout of %s", (_, cwd, lay) => {
    using folder = new Folder();
    lay(folder);
    const project = join(folder.path, cwd);

    expect(methodsFoundFrom(project)).toEqual(METHODS);
    expect(() => requireResolvableHost(project)).not.toThrow();
  });

  it("finds nothing where the package came with another dependency only, and the class says what to do", () => {
    using folder = new Folder();
    install(folder, "app/node_modules/other/node_modules/pulumi-cake");
    const project = join(folder.path, "app");

    expect(methodsFoundFrom(project)).toContain("Cannot find module 'pulumi-cake/host'");
    expect(() => requireResolvableHost(project)).toThrow("npm install pulumi-cake");
  });

  it("finds the package of the folder that CAKE_HOST_FROM names, and takes an empty one for none", () => {
    using folder = new Folder();
    install(folder, "app/node_modules/pulumi-cake");
    const app = join(folder.path, "app");

    expect(methodsFoundFrom(folder.path, { CAKE_HOST_FROM: app })).toEqual(METHODS);
    expect(methodsFoundFrom(folder.path, { CAKE_HOST_FROM: `${app}/` })).toEqual(METHODS);
    expect(methodsFoundFrom(app, { CAKE_HOST_FROM: "" })).toEqual(METHODS);
  });
});
