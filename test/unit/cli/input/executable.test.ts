import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startable } from "../../../../provider/cli/input/executable";
import { Pulumi } from "../../../../provider/cli/input/pulumi";
import { needing } from "../../../capabilities";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cake path-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A folder that holds these programs. Each prints its arguments and the variable that keeps cmd out of the working directory. */
function folderWith(...names: string[]): string {
  const folder = temporaryFolder();
  for (const name of names) {
    const lines = ["#!/bin/sh", 'echo "v3.260.0 $* $NoDefaultCurrentDirectoryInExePath"', ""];
    writeFileSync(join(folder, name), lines.join("\n"));
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

const onWindows = (env: Record<string, string>, ...args: string[]) => startable("pulumi", args, env, "win32");

describe("a program on the PATH of Windows", () => {
  it("is found by its ending, in the order of the folders", () => {
    const [npm, own] = [folderWith("pulumi.cmd"), folderWith("pulumi.cmd", "pulumi.exe", "pulumi")];
    expect(onWindows({ Path: `${own};${npm}` })?.file).toBe(`${own}/pulumi.exe`);
    expect(onWindows({ PATH: `C:\\no\\such;"${own}\\";${npm}` })?.file).toBe(`${own}/pulumi.exe`);
    expect(onWindows({ PATH: `${npm};${own}` })?.file).toBe(`"${npm}/pulumi.cmd"`);
  });

  it.each(["", ".", "bin", ";;", "C:bin"])("is never one of the working directory: PATH=%j", (path) => {
    const folder = folderWith("pulumi.exe", "pulumi.cmd");
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/pulumi.exe"), "");
    const here = process.cwd();
    process.chdir(folder);
    onTestFinished(() => process.chdir(here));
    expect(onWindows({ PATH: path })).toBeUndefined();
    expect(onWindows({})).toBeUndefined();
  });

  it("is found behind an entry that cannot be read", () => {
    const [folder, loop] = [folderWith("pulumi.exe"), join(temporaryFolder(), "loop")];
    symlinkSync(loop, loop);
    expect(onWindows({ PATH: `${loop};/${"x".repeat(300)};${folder}` })?.file).toBe(`${folder}/pulumi.exe`);
  });

  it("is not a folder of that name, nor a file that Windows does not start", () => {
    const folder = folderWith("pulumi", "pulumi.ps1", "pulumi.sh");
    mkdirSync(join(folder, "pulumi.exe"));
    expect(onWindows({ PATH: folder })).toBeUndefined();
  });

  it("gets its arguments without a shell where it is an executable", () => {
    const folder = folderWith("pulumi.exe");
    const started = onWindows({ PATH: folder }, "--stack", "a & b");
    expect(started).toMatchObject({ args: ["--stack", "a & b"], options: { env: { PATH: folder } } });
    expect(started?.options).not.toHaveProperty("shell");
  });

  it.each(["a & b", "%PATH%", '"', "a|b", "^", "a>b", "(", "!x!", "", "a b", "ü", "a\nb"])(
    "gets no argument by a shell that the shell would read: %j",
    (argument) => {
      const folder = folderWith("pulumi.cmd");
      expect(() => onWindows({ PATH: folder }, "--stack", argument)).toThrow(/\[batch-file-unsafe\]$/);
      const unsafe = join(folder, "100%");
      mkdirSync(unsafe);
      writeFileSync(join(unsafe, "pulumi.cmd"), "");
      expect(() => onWindows({ PATH: unsafe }, "version")).toThrow(/its path has characters/);
    },
  );

  it("gets short names and paths of Windows, in which a shell reads nothing", () => {
    const folder = folderWith("npm.cmd");
    const started = startable("npm", ["pack", "C:\\Users\\RUNNER~1\\x"], { PATH: folder }, "win32");
    expect(started?.file).toBe(`"${folder}/npm.cmd" pack C:\\Users\\RUNNER~1\\x`);
  });

  it("is left to the system elsewhere", () => {
    expect(startable("pulumi", ["a b"], { PATH: "/x" }, "darwin")).toEqual({
      file: "pulumi",
      args: ["a b"],
      options: { env: { PATH: "/x" } },
    });
  });
});

describe("the Pulumi CLI on Windows", () => {
  const at = (path: string) => new Pulumi(temporaryFolder(), "org/shop/dev", { PATH: path }, "win32");

  needing("bash")("is started where it is a batch file, in a folder with a blank in its name", async () => {
    const folder = folderWith("pulumi.cmd");
    expect(await at(folder).version()).toEqual([3, 260, 0]);
    expect(await at(folder).exportState()).toBe(
      "v3.260.0 stack export --stack org/shop/dev --non-interactive --color never 1\n",
    );
  });

  it("is said to be missing where there is none", async () => {
    expect(await at("C:\\Windows").version()).toBeUndefined();
    await expect(at("C:\\Windows").exportState()).rejects.toThrow(/\[pulumi-missing\]$/);
  });
});
