import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  disagreements,
  NAMED_VERSION,
  reasonsAgainst,
  UNRELEASED,
  type VersionFacts,
  versionFacts,
} from "../../release/agreement";

const FACTS: VersionFacts = {
  version: "1.2.0",
  locked: ["1.2.0", "1.2.0"],
  changelog: "# Changelog\n\n## 1.2.0\n\n- New.\n\n## 1.1.0\n\n- Old.\n",
  pendingChanges: [],
  unreleased: [],
  examples: { "examples/a/package.json": "^1.2.0" },
  named: [["README.md", "1.2.0"]],
};

describe("what the files say about the version", () => {
  it("agrees in this project", () => {
    expect(disagreements(versionFacts(join(__dirname, "../../..")))).toEqual([]);
  });

  it("is read wherever it stands", () => {
    const { locked, examples, named } = versionFacts(join(__dirname, "../../.."));
    expect(locked.length).toBe(2);
    expect(Object.keys(examples)).toContain("examples/quickstart/package.json");
    const pages = ["docs/recipes.md", "examples/starter/README.md"];
    expect(named.map(([page]) => page)).toEqual(expect.arrayContaining(pages));
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
    ["a page", { named: [["README.md", "1.1.0"]] }, /^README\.md names the version 1\.1\.0/],
  ])("stops a build if it is wrong: %s", (_, wrong, expected) => {
    const facts = { ...FACTS, ...wrong };
    expect(disagreements(facts)).toEqual([expect.stringMatching(expected)]);
    expect(reasonsAgainst("v1.2.0", facts)).toEqual(disagreements(facts));
  });
});

describe("a version that a page names", () => {
  it.each([
    ["npm install <path>/pulumi-cake-0.2.0-rc.1.tgz", ["0.2.0-rc.1"]],
    ["(https://github.com/a/b/tree/v1.2.3/examples/starter) and rev: v1.2.4.", ["1.2.3", "1.2.4"]],
    [
      "pulumi plugin install resource cake 0.2.0 --server https://a.example/download/v0.3.0",
      ["0.2.0", "0.3.0"],
    ],
    ["pulumi package add cake@0.1.0", ["0.1.0"]],
    ["Pulumi v3.274.1, pulumi-cake 0.1.0, Node 22, pulumi-cake-<version>.tgz", []],
  ])("is found where a command uses it: %s", (text, versions) => {
    expect([...text.matchAll(NAMED_VERSION)].map(([one]) => one)).toEqual(versions);
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

  it("is refused while a text says that nothing is published", () => {
    const reason = "README.md says that there is no release yet, which this one makes untrue.";
    expect(reasonsAgainst("v1.2.0", { ...FACTS, unreleased: ["README.md"] })).toEqual([reason]);
  });

  it.each([
    ["No release is on npm yet: in a clone", true],
    ["There is no release\nyet.", true],
    ["It is on npm. There is a release.", false],
  ])("knows such a text: %j", (text, says) => {
    expect(UNRELEASED.test(text)).toBe(says);
  });
});
