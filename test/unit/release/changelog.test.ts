import { describe, expect, it } from "vitest";
import { releaseNotes, sectionOf } from "../../release/changelog";

const CHANGELOG = `# Changelog

## 1.1.0
### Minor Changes

- 1a2b3c4: Reads Excel files. See [CSV](docs/csv.md#excel), [the site](https://example.com/a) and [above](#110).

  \`\`\`sh
  ## 9.9.9
  \`\`\`

## 1.1.0-rc.1

- A candidate.

## 1.0.1
### Patch Changes

## 1.0.0

First.
`;

describe("the section of a version in the changelog", () => {
  it("goes from its heading to the next one, which code does not hold", () => {
    expect(sectionOf(CHANGELOG, "1.1.0")).toMatch(
      /^### Minor Changes\n[\s\S]*Reads Excel[\s\S]*## 9\.9\.9\n {2}```$/,
    );
  });

  it("is the version's own, not that of a candidate", () => {
    expect(sectionOf(CHANGELOG, "1.1.0-rc.1")).toBe("- A candidate.");
  });

  it("may be the last one, and lines may end as on Windows", () => {
    expect(sectionOf(CHANGELOG, "1.0.0")).toBe("First.");
    expect(sectionOf(CHANGELOG.replaceAll("\n", "\r\n"), "1.0.0")).toBe("First.");
  });

  it.each(["1.0.2", "1.1", "9.9.9", "1x1.0", "1.0.1", ""])("is missing if nothing is said: %j", (version) => {
    expect(sectionOf(CHANGELOG, version)).toBeUndefined();
  });

  it.each(["## 2.0.0", "## 2.0.0\n\n\n## 1.0.0\n\nText", "## 2.0.0\n\n<!-- nothing yet -->\n\n```\n\n```"])(
    "is missing if it is empty: %j",
    (text) => {
      expect(sectionOf(`# Changelog\n\n${text}`, "2.0.0")).toBeUndefined();
    },
  );
});

describe("the notes of a release", () => {
  const notes = (version: string) =>
    releaseNotes(CHANGELOG, version, (path) => `https://example.com/v/${path}`);

  it("link to the files of that version", () => {
    expect(notes("1.1.0")).toContain(
      "[CSV](https://example.com/v/docs/csv.md#excel), [the site](https://example.com/a) and [above](#110).",
    );
  });

  it("are refused for a version that the changelog says nothing about", () => {
    expect(() => notes("1.0.1")).toThrow('CHANGELOG.md says nothing under "## 1.0.1".');
  });
});
