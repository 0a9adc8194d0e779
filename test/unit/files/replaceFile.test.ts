import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { replaceFile } from "../../../provider/files/replaceFile";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cake-replace-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A disk on which the next so many files cannot take the place of another one, as of one that is open on Windows. */
function openElsewhere(times: number): void {
  const { renameSync } = fs;
  let left = times;
  const spy = vi.spyOn(fs, "renameSync").mockImplementation((from, to) => {
    if (left-- > 0) throw Object.assign(new Error("EPERM"), { code: "EPERM" });
    renameSync(from, to);
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    spy.mockRestore();
    syncBuiltinESMExports();
  });
}

it("replaces a file that a virus scanner has open for a moment on Windows", () => {
  const folder = temporaryFolder();
  const path = join(folder, "report.csv");
  writeFileSync(path, "old");
  openElsewhere(2);
  replaceFile(path, "new", { platform: "win32", pause: () => {} });
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(folder)).toEqual(["report.csv"]);
});

it("leaves the old file whole, and nothing beside it, if a spreadsheet keeps it open", () => {
  const folder = temporaryFolder();
  const path = join(folder, "report.csv");
  writeFileSync(path, "old");
  openElsewhere(99);
  expect(() => replaceFile(path, "new", { platform: "win32", pause: () => {} })).toThrow("EPERM");
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(folder)).toEqual(["report.csv"]);
});
