import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packagesIn } from "../../release/install";
import { unlicensed } from "../../release/licenses";
import { LIMITS } from "../../release/limits";

const of = (license: string | undefined) => unlicensed([{ name: "some", version: "1.0.0", license }]);

describe("what a user installs, as far as the lock file names it", () => {
  const packages = packagesIn(readFileSync(join(__dirname, "../../../package-lock.json"), "utf8"));

  it("has licenses that are all on the list", () => {
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(["hono", "yaml"]));
    expect(packages.map(({ name }) => name)).not.toContain("vitest");
    expect(unlicensed(packages)).toEqual([]);
  });

  it("is no more packages than its limit, with the package itself", () => {
    expect(packages.length + 1).toBeLessThanOrEqual(LIMITS.ownPackages);
  });
});

describe("a license", () => {
  it.each(["MIT", "(MIT OR GPL-3.0-only)", "GPL-2.0-only OR Apache-2.0", "(BSD-3-Clause AND Apache-2.0)"])(
    "may be %s",
    (license) => {
      expect(of(license)).toEqual([]);
    },
  );

  it.each([
    "GPL-3.0-only",
    "AGPL-3.0",
    "UNLICENSED",
    "SEE LICENSE IN LICENSE",
    "(MIT AND GPL-3.0-only)",
    "MIT AND (GPL-3.0-only OR ISC)",
    "mit",
    "",
  ])("may not be %s", (license) => {
    expect(of(license)).toEqual([`some 1.0.0: ${license}`]);
  });

  it("may not be missing", () => {
    expect(of(undefined)).toEqual(["some 1.0.0: no license"]);
  });
});

describe("a lock file", () => {
  it("has the packages of users, by their names, and those of peers alone are marked", () => {
    const lock = JSON.stringify({
      packages: {
        "": { version: "1.0.0" },
        "node_modules/a": { version: "1.0.0", license: "MIT" },
        "node_modules/a/node_modules/@b/c": { version: "2.0.0", peer: true },
        "node_modules/d": { version: "3.0.0", dev: true },
        "node_modules/e": { version: "4.0.0", link: true },
      },
    });
    const a = { path: "node_modules/a", name: "a", version: "1.0.0", license: "MIT", isOfPeers: false };
    const path = "node_modules/a/node_modules/@b/c";
    expect(packagesIn(lock)).toEqual([
      a,
      { path, name: "@b/c", version: "2.0.0", license: undefined, isOfPeers: true },
    ]);
  });
});
