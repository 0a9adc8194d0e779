import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { list } from "tar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needing } from "../../capabilities";
import { EXECUTABLE, writeArchives, writePlugin } from "../../release/plugin/files";
import { thirdPartyNotices } from "../../release/plugin/notices";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cake-release-plugin-"));
  for (const name of ["first", "second"]) {
    mkdirSync(join(folder, name));
    await writeArchives(join(folder, name));
  }
  await writePlugin(join(folder, "plugin"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the archives of the plugin", () => {
  it("have the names for which the engine asks, and the same bytes whenever they are made", () => {
    const names = readdirSync(join(folder, "first"));
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(names).toEqual(
      ["darwin-amd64", "darwin-arm64", "linux-amd64", "linux-arm64", "windows-amd64", "windows-arm64"].map(
        (system) => `pulumi-resource-cake-v${version}-${system}.tar.gz`,
      ),
    );
    const bytesOf = (place: string) =>
      names.map((name) => readFileSync(join(folder, place, name)).toString("base64"));
    expect(new Set([...bytesOf("first"), ...bytesOf("second")]).size).toBe(1);
  });

  it("hold one program, what starts it on Windows, and the licenses", async () => {
    const entries: string[] = [];
    await list({
      file: join(folder, "first", readdirSync(join(folder, "first"))[0] ?? ""),
      onReadEntry: ({ path, mode = 0 }) => void entries.push(`${path} ${(mode & 0o111) === 0 ? "-" : "x"}`),
    });
    expect(entries).toEqual([
      "LICENSE -",
      "THIRD-PARTY-NOTICES.txt -",
      "package.json -",
      "pulumi-resource-cake x",
      "pulumi-resource-cake.cmd -",
    ]);
  });
});

describe("the plugin in one file", () => {
  it("loads no module but those of Node, whatever the folders above say about modules", () => {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "plugin", EXECUTABLE)], {
      cwd: tmpdir(),
      input: "",
      encoding: "utf8",
    });
    // It ends with its standard input.
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/^\d+\n$/);
  });

  needing("modes of files")("names what is missing where there is no Node", () => {
    const env = { PATH: join(folder, "first") };
    const { status, stderr } = spawnSync(join(folder, "plugin", EXECUTABLE), { env, encoding: "utf8" });
    const { engines } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(stderr).toContain(`pulumi-resource-cake needs Node.js ${engines.node}`);
    expect(status).toBe(1);
  });
});

describe("the licenses of bundled packages", () => {
  const packageOf = (name: string, manifest: object, files: Readonly<Record<string, string>>): string => {
    const place = join(folder, "node_modules", name);
    mkdirSync(place, { recursive: true });
    const all = { "package.json": JSON.stringify({ name, version: "1.0.0", ...manifest }), ...files };
    for (const [file, text] of Object.entries(all)) writeFileSync(join(place, file), text);
    return place;
  };

  it("are passed on with their texts, also one that a page alone has", () => {
    const notices = thirdPartyNotices([
      packageOf("one", { license: "MIT" }, { LICENSE: "May be used.", NOTICE: "Made by us." }),
      packageOf("two", { license: "ISC" }, { "README.md": "# two\n\n## License\n\nUse it.\n" }),
    ]);
    expect(notices).toMatch(/one 1\.0\.0: MIT\n\nMay be used\.\n\nMade by us\.\n/);
    expect(notices).toMatch(/two 1\.0\.0: ISC\n\nUse it\.\n/);
  });

  it.each([
    [
      "a license that is not on the list",
      { license: "GPL-3.0" },
      { LICENSE: "Text." },
      "three 1.0.0: GPL-3.0",
    ],
    ["no text of it", { license: "MIT" }, {}, "three has no license text"],
  ])("stop the build if a package has %s", (_what, manifest, files, reason) => {
    rmSync(join(folder, "node_modules/three"), { recursive: true, force: true });
    expect(() => thirdPartyNotices([packageOf("three", manifest, files)])).toThrow(reason);
  });
});
