// Before the tests: many of them start the build as processes, which must be of the code at hand.
import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..");

/** Builds the package if a source is newer than the build. */
export function setup(): void {
  const sources = filesBelow(join(ROOT, "provider"));
  const built = builtAt(join(ROOT, "dist/cli/main.js"));
  if ([...sources, join(ROOT, "tsconfig.json")].every((file) => statSync(file).mtimeMs <= built)) return;
  const compiler = require.resolve("typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "-p", join(ROOT, "tsconfig.json")], { stdio: "inherit" });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
}

/** When the build was made; never, where there is none. */
function builtAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
