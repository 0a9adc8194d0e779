import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const ROOT = resolve(__dirname, "../..");
const { sideEffects } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** What changed in a process that loaded these modules, beside the modules themselves. */
function changedBy(modules: readonly string[]): string[] {
  return JSON.parse(
    execFileSync(process.execPath, [join(__dirname, "loadAll.cjs"), ...modules], {
      cwd: ROOT,
      encoding: "utf8",
    }),
  );
}

it("loading any module but those of sideEffects changes nothing else in the process", () => {
  const all = readdirSync(join(ROOT, "dist"), { recursive: true, encoding: "utf8" });
  const modules = all.filter((path) => path.endsWith(".js")).map((path) => join(ROOT, "dist", path));
  const exempt = new Set(sideEffects.map((path: string) => join(ROOT, path)));
  const quiet = modules.filter((path) => !exempt.has(path));
  expect(modules.length - quiet.length).toBe(exempt.size);
  expect(changedBy(quiet)).toEqual([]);
});

it("a module that acts while it is loaded is seen", () => {
  expect(changedBy([join(ROOT, "node_modules/source-map-support/register.js")])).toEqual(
    expect.arrayContaining(["Error.prepareStackTrace"]),
  );
});
