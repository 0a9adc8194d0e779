import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addressOf, ownManifest } from "../../provider/manifest";

const ROOT = join(__dirname, "../..");

describe("the address of a file of this version", () => {
  it.each(["git+https://example.com/a/b.git", "https://example.com/a/b.git", "https://example.com/a/b"])(
    "is a page of the repository that the manifest names: %s",
    (url) => {
      const manifest = { ...ownManifest(), version: "2.0.0-rc.1", repository: { url } };
      expect(addressOf("docs/rules.md#p08", manifest)).toBe(
        "https://example.com/a/b/blob/v2.0.0-rc.1/docs/rules.md#p08",
      );
    },
  );
});

describe("the manifest", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

  it("leads to one repository for code, pages and problems", () => {
    const web = addressOf("", ownManifest()).replace(/\/blob\/.*/, "");
    expect(web).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w-]+$/);
    expect(manifest.homepage).toBe(`${web}#readme`);
    expect(manifest.bugs).toBe(`${web}/issues`);
  });

  it("publishes only what there is", () => {
    const missing = manifest.files.filter((path: string) => path !== "dist" && !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });
});
