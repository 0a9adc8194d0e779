import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readTypeScriptProject } from "../../../../provider/cli/input/project";

type Files = Readonly<Record<string, string>>;

/** The program of a project with these files, from its folder; or what is said about it. */
function programOf(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "cake-project-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const { name, program } = readTypeScriptProject(folder);
  return `${name}: ${program.slice(folder.length + 1)}`;
}

const NODE = { "Pulumi.yaml": "name: shop\nruntime: nodejs\n" };
const MODULE = { "package.json": '{ "type": "module" }' };

describe("a project that loads TypeScript", () => {
  it.each<[string, Files, string]>([
    ["with nothing named", { ...NODE, "index.ts": "" }, "shop: index.ts"],
    ["without a program yet", NODE, "shop: index.ts"],
    [
      "described in every style of YAML",
      {
        "Pulumi.yaml":
          '# ours\r\n"name": \'sh"op\' # x\r\nruntime: {name: nodejs, options: {typescript: true}}\r\n',
      },
      'sh"op: index.ts',
    ],
    ["described as JSON", { "Pulumi.json": '{"name":"shop","runtime":"nodejs"}' }, "shop: index.ts"],
    [
      "with a main in Pulumi.yaml",
      { "Pulumi.yaml": "name: a\nruntime:\n  name: nodejs\nmain: src/main.ts", "src/main.ts": "" },
      "a: src/main.ts",
    ],
    [
      "with a folder in Pulumi.yaml",
      { "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: src/", "src/index.ts": "" },
      "a: src/index.ts",
    ],
    [
      "with a main in package.json",
      { ...NODE, "package.json": '{ "main": "infra/index.ts" }', "infra/index.ts": "" },
      "shop: infra/index.ts",
    ],
    [
      "whose package.json names a file that npm invented",
      { ...NODE, "package.json": '{ "main": "index.js" }', "index.ts": "" },
      "shop: index.ts",
    ],
    [
      "below a folder that is a module, with a package.json of its own",
      {
        "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: src",
        ...MODULE,
        "src/package.json": "{}",
        "src/index.ts": "",
      },
      "a: src/index.ts",
    ],
  ])("is read %s", (_what, files, program) => {
    expect(programOf(files)).toBe(program);
  });
});

describe("a project of another language", () => {
  it.each([
    ["python", "name: a\nruntime: python"],
    ["yaml", "name: a\nruntime:\n  name: yaml\nresources: {}"],
    ["go", "name: a\nruntime: go"],
  ])("is refused with the command that imports by the plugin: %s", (runtime, text) => {
    expect(() => programOf({ "Pulumi.yaml": text })).toThrow(
      new RegExp(
        `runtime of this project is "${runtime}"\\. .*pulumi import cake:index:AffiliatePostback <name> <ID>`,
      ),
    );
  });
});

describe("a project that cannot load TypeScript", () => {
  it.each<[string, Files, string]>([
    [
      "without TypeScript",
      { "Pulumi.yaml": "name: a\nruntime: {name: nodejs, options: {typescript: false}}", "index.ts": "" },
      '"typescript" is false',
    ],
    ["of plain JavaScript", { ...NODE, "index.js": "" }, "Pulumi runs index.js"],
    [
      "of both, of which JavaScript is taken",
      { ...NODE, "index.js": "", "index.ts": "" },
      "Pulumi runs index.js",
    ],
    [
      "with main: index.js",
      { "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: index.js", "index.js": "" },
      "Pulumi runs index.js",
    ],
    [
      "with main: bin/ that is built",
      { "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: bin/", "bin/index.js": "", "index.ts": "" },
      "Pulumi runs bin/index.js",
    ],
    [
      "with main: bin/ that is not built yet",
      { "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: bin/", "index.ts": "" },
      "Pulumi runs bin/index.js",
    ],
    [
      "with a built main in package.json",
      { ...NODE, "package.json": '{ "main": "bin" }', "bin/index.js": "" },
      "Pulumi runs bin/index.js",
    ],
    ["of ES modules", { ...NODE, ...MODULE, "index.ts": "" }, "index.ts is an ES module"],
    [
      "of ES modules, further up",
      { "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: src", ...MODULE, "src/index.ts": "" },
      "is an ES module",
    ],
    [
      "whose main leads out of it",
      { "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: ../elsewhere/index.ts" },
      "Pulumi runs ../elsewhere/index.ts, which is outside of the project's directory",
    ],
    [
      "of a file that says so",
      { "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: index.mts", "index.mts": "" },
      "Pulumi runs index.mts",
    ],
  ])("is refused %s, with what to do", (_what, files, why) => {
    expect(() => programOf(files)).toThrow(why);
    expect(() => programOf(files)).toThrow(
      'Nothing was written or imported. Adopt into a project of its own: "pulumi new typescript"',
    );
  });

  it.each<[string, Files, string]>([
    ["without Pulumi.yaml", {}, "There is no Pulumi.yaml"],
    ["with a Pulumi.yaml that is none", { "Pulumi.yaml": "{" }, "must be YAML with a name and a runtime"],
    ["with a package.json that is none", { ...NODE, "package.json": "{" }, "package.json cannot be read"],
  ])("is refused %s", (_what, files, why) => {
    expect(() => programOf(files)).toThrow(why);
  });
});
