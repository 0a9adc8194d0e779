import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { disagreements, reasonsAgainst, type VersionFacts, versionFacts } from "../../release/agreement";

const FACTS: VersionFacts = {
  version: "1.2.0",
  locked: ["1.2.0", "1.2.0"],
  changelog: "# Changelog\n\n## 1.2.0\n\n- New.\n\n## 1.1.0\n\n- Old.\n",
  pendingChanges: [],
  examples: { "examples/a/package.json": "^1.2.0" },
  packedFiles: [["README.md", "pulumi-cake-1.2.0.tgz"]],
};

describe("what the files say about the version", () => {
  it("agrees in this project", () => {
    expect(disagreements(versionFacts(join(__dirname, "../../..")))).toEqual([]);
  });

  it("is read wherever it stands", () => {
    const { locked, examples, packedFiles } = versionFacts(join(__dirname, "../../.."));
    expect(locked.length).toBe(2);
    expect(Object.keys(examples)).toContain("examples/quickstart/package.json");
    expect(packedFiles.map(([page]) => page)).toContain("docs/getting-started.md");
  });

  it.each<[string, Partial<VersionFacts>, RegExp]>([
    [
      "the lock file",
      { locked: ["1.1.0", "1.2.0"] },
      /^package-lock\.json says 1\.1\.0, package\.json 1\.2\.0\.$/,
    ],
    ["the package in the lock file", { locked: ["1.2.0", undefined] }, /^package-lock\.json says nothing/],
    [
      "a changelog without it",
      { changelog: "# Changelog\n" },
      /^CHANGELOG\.md says nothing under "## 1\.2\.0"\.$/,
    ],
    [
      "an empty section",
      { changelog: "# Changelog\n\n## 1.2.0\n\n## 1.1.0\n\n- Old.\n" },
      /^CHANGELOG\.md says/,
    ],
    [
      "an example",
      { examples: { "examples/a/package.json": "^1.1.0" } },
      /^examples\/a.* asks for .*\^1\.1\.0/,
    ],
    [
      "a page",
      { packedFiles: [["README.md", "pulumi-cake-1.1.0.tgz"]] },
      /^README\.md names pulumi-cake-1\.1\.0/,
    ],
  ])("stops a build if it is wrong: %s", (_, wrong, expected) => {
    const facts = { ...FACTS, ...wrong };
    expect(disagreements(facts)).toEqual([expect.stringMatching(expected)]);
    expect(reasonsAgainst("v1.2.0", facts)).toEqual(disagreements(facts));
  });
});

describe("a tag", () => {
  it("may be published if all files agree with it", () => {
    expect(reasonsAgainst("v1.2.0", FACTS)).toEqual([]);
  });

  it.each(["1.2.0", "v1.2.1", "v1.2", "v1.2.0-rc.1", "vv1.2.0", "main", ""])(
    "is refused if it names another version: %j",
    (tag) => {
      expect(reasonsAgainst(tag, FACTS)).toEqual([`The tag is ${tag}, and package.json says 1.2.0.`]);
    },
  );

  it("is refused while changes wait for a version", () => {
    const [reason] = reasonsAgainst("v1.2.0", { ...FACTS, pendingChanges: ["brave-cats.md"] });
    expect(reason).toBe(".changeset/brave-cats.md belongs to no version yet. Run: npm run version");
  });

  it("is refused while the changelog says that nothing is published", () => {
    const changelog = FACTS.changelog.replace("\n\n", "\n\nNo version is on npm yet.\n\n");
    expect(reasonsAgainst("v1.2.0", { ...FACTS, changelog })).toEqual([
      expect.stringMatching(/^CHANGELOG\.md has a text before its first version/),
    ]);
  });
});
