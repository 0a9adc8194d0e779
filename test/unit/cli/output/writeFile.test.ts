import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeFileSafely } from "../../../../provider/cli/output/writeFile";
import { needing } from "../../../capabilities";

function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "cake-file-")));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe("a file that a command writes", () => {
  needing("modes of files")(
    "replaces the earlier one whole, keeps its permissions, and leaves nothing beside it",
    () => {
      const root = temporaryFolder();
      const path = join(root, "report.html");
      writeFileSync(path, "a longer text than the next one");
      chmodSync(path, 0o640);
      writeFileSafely(path, "short", { root });
      expect(readFileSync(path, "utf8")).toBe("short");
      expect(modeOf(path)).toBe(0o640);
      expect(readdirSync(root)).toEqual(["report.html"]);
    },
  );

  needing("modes of files")(
    "stands in folders that are made for it, and nobody else can enter those of a private file",
    () => {
      const root = temporaryFolder();
      writeFileSafely(join(root, "a/b/secrets.json"), "{}", { root, mode: 0o600 });
      expect(modeOf(join(root, "a/b/secrets.json"))).toBe(0o600);
      expect([modeOf(join(root, "a")), modeOf(join(root, "a/b"))]).toEqual([0o700, 0o700]);
    },
  );

  it("stays as it was when the new one cannot be written, and no half of the new one is left", () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "folder"));
    expect(() => writeFileSafely(join(root, "folder"), "x", { root })).toThrow("is not a regular file");
    writeFileSync(join(root, "file"), "old");
    expect(() => writeFileSafely(join(root, "file/below"), "x", { root })).toThrow("cannot be written (");
    expect(readFileSync(join(root, "file"), "utf8")).toBe("old");
    expect(readdirSync(root).sort()).toEqual(["file", "folder"]);
  });

  needing("symbolic links").each([
    ["the file itself", "elsewhere.txt", "report.txt", "report.txt"],
    ["a file that does not exist yet", "new.txt", "report.txt", "report.txt"],
    ["its folder", "", "reports", "reports/elsewhere.txt"],
    ["a folder further up", "", "a", "a/b/elsewhere.txt"],
    ["a folder, however the path is spelled", "", "a", "x/../a/./elsewhere.txt"],
  ])("is not written where %s is a link", (_what, leadsTo, link, path) => {
    const [root, outside] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(outside, "elsewhere.txt"), "theirs");
    symlinkSync(join(outside, leadsTo), join(root, link));
    expect(() => writeFileSafely(join(root, path), "ours", { root })).toThrow("is a symbolic link");
    expect(readdirSync(outside)).toEqual(["elsewhere.txt"]);
    expect(readFileSync(join(outside, "elsewhere.txt"), "utf8")).toBe("theirs");
    expect(readdirSync(root)).toEqual([link]);
  });

  needing("symbolic links")(
    "may stand below a root that is itself reached by a link, and outside of it",
    () => {
      const [root, outside] = [temporaryFolder(), temporaryFolder()];
      symlinkSync(outside, join(root, "project"));
      writeFileSafely(join(root, "project/a.txt"), "a", { root: join(root, "project") });
      expect(readFileSync(join(outside, "a.txt"), "utf8")).toBe("a");
      writeFileSafely(join(outside, "b.txt"), "b", { root });
      expect(existsSync(join(outside, "b.txt"))).toBe(true);
    },
  );

  it("takes the working directory for the root where none is named", () => {
    const path = join(temporaryFolder(), "report.txt");
    writeFileSafely(path, "text");
    expect(readFileSync(path, "utf8")).toBe("text");
  });
});
