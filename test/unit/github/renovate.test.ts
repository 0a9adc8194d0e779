import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { exampleWorkflows, textOf } from "./workflows";

// The options of Renovate's documentation that are used, so that a misspelled one, which Renovate ignores, is found.
const rule = v.strictObject({
  description: v.string(),
  matchManagers: v.exactOptional(v.array(v.picklist(["github-actions", "npm"]))),
  matchDepTypes: v.exactOptional(
    v.array(v.picklist(["dependencies", "devDependencies", "peerDependencies", "engines"])),
  ),
  matchUpdateTypes: v.exactOptional(v.array(v.picklist(["major", "minor", "patch"]))),
  matchFileNames: v.exactOptional(v.array(v.string())),
  matchPackageNames: v.exactOptional(v.array(v.string())),
  groupName: v.exactOptional(v.string()),
  allowedVersions: v.exactOptional(v.string()),
  enabled: v.exactOptional(v.boolean()),
});
const schedule = v.array(v.string());
const config = v.strictObject({
  $schema: v.literal("https://docs.renovatebot.com/renovate-schema.json"),
  extends: v.array(v.string()),
  schedule,
  minimumReleaseAge: v.string(),
  lockFileMaintenance: v.strictObject({ enabled: v.boolean(), schedule }),
  ignorePaths: v.array(v.string()),
  "github-actions": v.strictObject({ managerFilePatterns: v.array(v.string()) }),
  packageRules: v.array(rule),
});

describe("the configuration of Renovate", () => {
  const renovate = v.parse(config, JSON.parse(textOf(".github/renovate.json")));
  const manifest = JSON.parse(textOf("package.json"));
  const rules = renovate.packageRules;

  it("pins actions by commit, and moves the examples together with the repository", () => {
    expect(renovate.extends).toContain("helpers:pinGitHubActionDigestsToSemver");
    const [pattern = ""] = renovate["github-actions"].managerFilePatterns;
    const isManaged = new RegExp(pattern.slice(1, -1));
    for (const path of exampleWorkflows) expect(path).toMatch(isManaged);
    expect(rules).toContainEqual(
      expect.objectContaining({ matchManagers: ["github-actions"], groupName: "GitHub Actions" }),
    );
  });

  it("leaves to people which versions are supported", () => {
    const isLeft = (match: object) => rules.some((one) => one.enabled === false && names(one, match));
    expect(isLeft({ matchDepTypes: "peerDependencies" })).toBe(true);
    expect(isLeft({ matchDepTypes: "engines" })).toBe(true);
    expect(isLeft({ matchPackageNames: "@pulumi/pulumi" })).toBe(true);
    expect(manifest.devDependencies["@pulumi/pulumi"]).toMatch(/^\d/);
  });

  it("names only packages that there are, within the versions that are there", () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const { matchPackageNames = [], allowedVersions } of rules)
      for (const name of matchPackageNames) {
        expect(Object.keys(all)).toContain(name);
        const [, below] = /^<(\d+)$/.exec(allowedVersions ?? "") ?? [];
        if (below !== undefined) expect(Number(/\d+/.exec(all[name])?.[0])).toBeLessThan(Number(below));
      }
  });
});

function names(one: object, match: object): boolean {
  return Object.entries(match).every(([key, value]) =>
    (one as Readonly<Record<string, readonly string[]>>)[key]?.includes(value),
  );
}
