import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeSums } from "../../release/files";
import { type Job, textOf, workflow } from "../github/workflows";

const RELEASE = ".github/workflows/release.yml";
const { on } = workflow(RELEASE);
const jobs = workflow(RELEASE).jobs as Record<"check" | "publish" | "release", Job>;
const scripts = ({ steps }: Job) => steps.flatMap(({ run }) => run ?? []);

describe("the workflow that releases", () => {
  it("starts by a tag alone, and publishes only after every check", () => {
    expect(on).toEqual({ push: { tags: ["v*"] } });
    expect(jobs.publish.needs).toBe("check");
    expect(jobs.release.needs).toEqual(["check", "publish"]);
  });

  it("checks by the commands that people use, and tries the file that it publishes", () => {
    const [ancestor, build, sums, ...others] = scripts(jobs.check);
    expect(ancestor).toBe('git merge-base --is-ancestor "$GITHUB_SHA" origin/main');
    expect(build).toBe('npm run release:build -- "$GITHUB_REF_NAME"');
    expect(sums, "the checksum is taken before other code runs").toContain("sha256sum SHA256SUMS");
    expect(others).toEqual(["npm run check", "npm test", "npm run release:check", "npm run release:try"]);
  });

  it.each(["publish", "release"] as const)(
    "runs nothing of the repository in the job that may write: %s",
    (name) => {
      const job = jobs[name];
      expect(Object.values(job.permissions)).toEqual(["write"]);
      expect(job.steps.filter(({ uses = "" }) => uses.includes("checkout"))).toEqual([]);
      for (const script of scripts(job))
        expect(script).not.toMatch(/\b(?:npm (?:ci|run|install|test)|npx|node)\b/);
    },
  );

  it("has no token of npm, and no registry for which setup-node would write one", () => {
    expect(textOf(RELEASE).replace(/#.*/g, "")).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|registry-url/);
  });
});

const hasTools = ["bash", "sha256sum"].every((tool) => spawnSync(tool, ["--version"]).status === 0);

describe.skipIf(!hasTools)("a script of the jobs that write", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cake-release-"));
    for (const name of ["release", "bin"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "release/pulumi-cake-1.0.0.tgz"), "packed");
    writeFileSync(join(folder, "release/notes.md"), "notes");
    writeSums(join(folder, "release"));
    // They print what they are asked for.
    for (const name of ["npm", "gh"]) {
      const view = 'if [ "$1" = view ]; then printf "%s" "$PUBLISHED"; exit; fi';
      writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${view}\nprintf "%s\\n" "$@"\n`);
      chmodSync(join(folder, "bin", name), 0o755);
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const sums = () =>
    createHash("sha256")
      .update(readFileSync(join(folder, "release/SHA256SUMS")))
      .digest("hex");
  const run = (job: Job, step: string, env: Record<string, string>) => {
    const script = job.steps.find(({ name }) => name === step)?.run ?? "exit 99";
    const path = `${join(folder, "bin")}${delimiter}${process.env.PATH}`;
    return spawnSync("bash", ["--noprofile", "--norc", "-euo", "pipefail", "-c", script], {
      env: { PATH: path, RUNNER_TEMP: folder, ...env },
      encoding: "utf8",
    });
  };

  describe.each(["publish", "release"] as const)("%s", (name) => {
    const verify = (expected: string) =>
      run(jobs[name], "Stop unless these are the files that were checked", { SUMS: expected }).status;

    it("goes on with the files that were checked", () => {
      expect(verify(sums())).toBe(0);
    });

    it("stops if a file is another one, even if its checksum was changed with it", () => {
      const checked = sums();
      writeFileSync(join(folder, "release/pulumi-cake-1.0.0.tgz"), "other");
      expect(verify(checked)).toBe(1);
      writeSums(join(folder, "release"));
      expect(verify(checked)).toBe(1);
    });

    it.each([".npmrc", "other.tgz"])("stops if a file is there that nobody checked: %s", (file) => {
      writeFileSync(join(folder, "release", file), "registry=http://127.0.0.1:9/");
      expect(verify(sums())).toBe(1);
    });

    it("stops if nothing was checked", () => {
      expect(verify("")).not.toBe(0);
    });
  });

  it.each([
    ["v1.0.0", "latest"],
    ["v1.0.0-rc.1", "next"],
  ])("publishes the file of the tag %s as %s", (tag, distTag) => {
    const { stdout } = run(jobs.publish, "Publish to npm", { GITHUB_REF_NAME: tag });
    expect(stdout.trim().split("\n")).toEqual([
      ...[
        "publish",
        `./pulumi-cake-${tag.slice(1)}.tgz`,
        "--provenance",
        "--access",
        "public",
        "--tag",
        distTag,
      ],
    ]);
  });

  it.each([
    ["the same file", "packed", 0],
    ["another file", "other", 1],
  ])(
    "publishes nothing where npm has the version already, and goes on only with %s",
    (_, content, status) => {
      const PUBLISHED = `sha512-${createHash("sha512").update(content).digest("base64")}`;
      const done = run(jobs.publish, "Publish to npm", { GITHUB_REF_NAME: "v1.0.0", PUBLISHED });
      expect([done.status, done.stdout]).toEqual([status, ""]);
    },
  );

  it.each([
    ["v1.0.0", "--latest"],
    ["v1.0.0-rc.1", "--prerelease"],
  ])("releases %s on GitHub as %s, with the notes and every file", (tag, kind) => {
    const { stdout } = run(jobs.release, "Release on GitHub", { GITHUB_REF_NAME: tag });
    expect(stdout.trim().split("\n")).toEqual([
      ...["release", "create", tag, "--verify-tag", "--title", tag, "--notes-file", "notes.md", kind],
      ...["./SHA256SUMS", "./notes.md", "./pulumi-cake-1.0.0.tgz"],
    ]);
  });
});
