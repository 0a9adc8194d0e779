import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isLong } from "../long";
import { disagreements, reasonsAgainst, UNRELEASED, versionFacts } from "../release/agreement";
import { sectionOf } from "../release/changelog";
import { npm, run, temporary } from "./installed";

const ROOT = resolve(__dirname, "../..");
/** What `npm run version` reads and writes, and what it is. */
const PARTS = [
  ...[
    "package.json",
    "package-lock.json",
    ".npmrc",
    ".changeset",
    ".github",
    "CHANGELOG.md",
    "README.md",
    "docs",
    "examples",
  ],
  ...["provider", "test/docs", "test/package/installed.ts", "test/release", "test/start.ts"],
];
// Nobody is asked for anything: the registry cannot be reached.
const OFFLINE = { npm_config_offline: "true", npm_config_registry: "http://registry.invalid" };

let clone: string;
const git = (...args: string[]) =>
  run("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], clone);
const changelog = () => readFileSync(join(clone, "CHANGELOG.md"), "utf8");

beforeEach(() => {
  clone = temporary("clone");
  for (const part of PARTS) cpSync(join(ROOT, part), join(clone, part), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(clone, "node_modules"), "junction");
  // As after the first release.
  for (const page of versionFacts(clone).unreleased) {
    const file = join(clone, page);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(new RegExp(UNRELEASED, "gi"), "."));
  }
  writeFileSync(join(clone, ".gitignore"), "node_modules\n");
  git("init", "--quiet", "--initial-branch=main");
  commitChange("brave-cats", "minor", "Reads **Excel** files: [how](docs/csv.md).");
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function commitChange(name: string, level: string, text: string): void {
  writeFileSync(join(clone, `.changeset/${name}.md`), `---\n"pulumi-cake": ${level}\n---\n\n${text}\n`);
  git("add", "--all");
  git("commit", "--quiet", "--no-verify", "--message", name);
}

function nextVersion(): string {
  npm(["run", "--silent", "version"], clone, OFFLINE);
  return versionFacts(clone).version;
}

describe("npm run version, without a network", () => {
  it("makes of the change files a section of the next version, on which all files agree", () => {
    const { version: before } = versionFacts(clone);
    commitChange("calm-dogs", "patch", "Fixes a typo.");
    expect(reasonsAgainst(`v${before}`, versionFacts(clone)).length).toBe(2);
    const old = sectionOf(changelog(), before);

    const version = nextVersion();

    expect(version).toMatch(/^\d+\.\d+\.0$/);
    expect(version).not.toBe(before);
    const facts = versionFacts(clone);
    expect(facts.locked).toEqual([version, version]);
    expect(reasonsAgainst(`v${version}`, facts)).toEqual([]);
    const section = sectionOf(changelog(), version);
    expect(section).toMatch(/^- (?:\w+: )?Reads \*\*Excel\*\* files: \[how\]\(docs\/csv\.md\)\.$/m);
    expect(section).toMatch(/^- (?:\w+: )?Fixes a typo\.$/m);
    expect(sectionOf(changelog(), before)).toBe(old);
  });

  it.runIf(isLong)("makes candidates, whose change files stay for the release itself", () => {
    run(process.execPath, [join(ROOT, "node_modules/@changesets/cli/bin.js"), "pre", "enter", "rc"], clone);
    const candidate = nextVersion();
    expect(candidate).toMatch(/^\d+\.\d+\.0-rc\.0$/);
    expect(reasonsAgainst(`v${candidate}`, versionFacts(clone))).toEqual([]);

    run(process.execPath, [join(ROOT, "node_modules/@changesets/cli/bin.js"), "pre", "exit"], clone);
    const version = nextVersion();
    expect(version).toBe(candidate.replace("-rc.0", ""));
    expect(disagreements(versionFacts(clone))).toEqual([]);
    expect(reasonsAgainst(`v${version}`, versionFacts(clone))).toEqual([]);
    expect(sectionOf(changelog(), version)).toContain("Reads **Excel** files");
  });
});
