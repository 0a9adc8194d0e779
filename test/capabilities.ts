import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "vitest";

/** What tests need of the system, and not every system has. */
const CAPABILITIES = {
  "modes of files": () => process.platform !== "win32",
  "symbolic links": () => canLink(),
  "named pipes": () => spawnSync("mkfifo", ["--version"]).error === undefined,
  "/proc": () => existsSync("/proc/self/stat"),
  bash: () => spawnSync("bash", ["--version"]).status === 0,
};
type Capability = keyof typeof CAPABILITIES;

/** `it`, for a test that needs something of the system. Where that is missing, the test is skipped and one line says so. */
export function needing(...names: readonly Capability[]): typeof it | typeof it.skip {
  const missing = names.filter((name) => !CAPABILITIES[name]());
  if (missing.length === 0) return it;
  console.warn(`Skipped, because this system has no ${missing.join(" and no ")}.`);
  return it.skip;
}

// On Windows they take a right that most users lack.
function canLink(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "cake-links-"));
  try {
    symlinkSync(join(folder, "target"), join(folder, "link"));
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
