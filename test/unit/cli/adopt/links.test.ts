import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { adopt, aside, open, postback } from "./projects";

/** A folder of somebody else, with a file in it. */
function elsewhere(): string {
  const folder = mkdtempSync(join(tmpdir(), "cake-elsewhere-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "theirs"), "theirs");
  return folder;
}

describe("a repository with symbolic links in it", () => {
  it.each([
    [".pulumi-cake", ""],
    [".pulumi-cake/import.json", "theirs"],
    [".pulumi-cake/secrets.json", "missing"],
    ["postbacks", ""],
    ["postbacks/adopted.json", "theirs"],
    ["postbacks/index.ts", "missing"],
    ["postbacks/acme.ts", "missing"],
    ["postbacks/shared.ts", "missing"],
    [".pulumi-cake/.gitignore", "missing"],
    ["a", "", "--out-dir", "a/b"],
  ])("gets nothing through %s", async (link, leadsTo, ...args) => {
    const project = await open([postback(1)]);
    const outside = elsewhere();
    mkdirSync(dirname(join(project.folder, link)), { recursive: true });
    symlinkSync(join(outside, leadsTo), join(project.folder, link));
    const { code } = await adopt(project, ...args);
    expect(readdirSync(outside)).toEqual(["theirs"]);
    expect(readFileSync(join(outside, "theirs"), "utf8")).toBe("theirs");
    // A link that leads nowhere leaves its name to nobody, so the file may get another one.
    const written = readdirSync(project.folder, { recursive: true, encoding: "utf8" });
    expect(code === 2 || written.includes("postbacks/acme-2.ts")).toBe(true);
    if (code === 2)
      expect(written.filter((file) => /adopted\.json$|import\.json$/.test(file) && file !== link)).toEqual(
        [],
      );
  });

  it("gets no files with secrets into a folder that others can read", async () => {
    const project = await open([postback(1)]);
    mkdirSync(join(project.folder, ".pulumi-cake"), { mode: 0o755 });
    await adopt(project);
    expect(statSync(join(project.folder, ".pulumi-cake")).mode & 0o777).toBe(0o700);
    for (const file of ["import.json", "secrets.json"])
      expect(statSync(aside(project, file)).mode & 0o777).toBe(0o600);
  });
});
