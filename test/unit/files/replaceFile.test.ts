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

/** A disk on which the next so many calls fail, as for a file that is open on Windows. */
function openElsewhere(
  times: number,
  call: "renameSync" | "rmSync" | "fchmodSync" = "renameSync",
  code = "EPERM",
): void {
  const original = fs[call] as (...args: unknown[]) => void;
  let left = times;
  const spy = vi.spyOn(fs, call).mockImplementation(((...args: unknown[]) => {
    if (left-- > 0) throw Object.assign(new Error(code), { code });
    original(...args);
  }) as never);
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

it("leaves nothing beside the file also where the draft itself is open elsewhere, and says what failed first", () => {
  const folder = temporaryFolder();
  const path = join(folder, "secrets.json");
  openElsewhere(99);
  openElsewhere(2, "rmSync", "EBUSY");
  expect(() => replaceFile(path, "new", { platform: "win32", pause: () => {} })).toThrow("EPERM");
  expect(readdirSync(folder)).toEqual([]);
});

it("writes to a file system without modes", () => {
  const path = join(temporaryFolder(), "sandbox.json");
  openElsewhere(1, "fchmodSync");
  replaceFile(path, "new", { mode: 0o600 });
  expect(readFileSync(path, "utf8")).toBe("new");
});
