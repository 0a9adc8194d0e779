import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifiedFiles, writeSums } from "../../release/files";

let folder: string;
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cake-release-"));
  write("b.tgz", "packed");
  write("a.md", "notes");
  writeSums(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const hasTool = spawnSync("sha256sum", ["--version"]).status === 0;

describe("the checksums of a release", () => {
  it("name every file, and are the same if they are written again", () => {
    const before = readFileSync(join(folder, "SHA256SUMS"), "utf8");
    expect(verifiedFiles(folder)).toEqual(["a.md", "b.tgz"]);
    writeSums(folder);
    expect(readFileSync(join(folder, "SHA256SUMS"), "utf8")).toBe(before);
  });

  it.skipIf(!hasTool)("are read by the command that the workflow uses", () => {
    const { status, stdout } = spawnSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect([status, stdout]).toEqual([0, "a.md: OK\nb.tgz: OK\n"]);
  });

  it("show a file that was changed, added or removed", () => {
    write("b.tgz", "other");
    expect(() => verifiedFiles(folder)).toThrow("Changed since it was made: b.tgz");
    write("b.tgz", "packed");
    write("c.tgz", "more");
    expect(() => verifiedFiles(folder)).toThrow(
      "SHA256SUMS lists a.md, b.tgz, and there is a.md, b.tgz, c.tgz.",
    );
    rmSync(join(folder, "c.tgz"));
    rmSync(join(folder, "a.md"));
    expect(() => verifiedFiles(folder)).toThrow("SHA256SUMS lists a.md, b.tgz, and there is b.tgz.");
  });
});
