import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { define as definePreflight } from "../../../provider/cli/preflight/command";
import { define as defineReview } from "../../../provider/cli/review/command";
import {
  example,
  exampleWorkflows,
  type Job,
  jobsOf,
  scriptsOf,
  textOf,
  workflow,
} from "../github/workflows";
import { actionOf, NAMES, textOfAction } from "./actions";

const JOBS = exampleWorkflows.flatMap((path) => jobsOf(path).map(([name, job]) => ({ path, name, job })));

describe("each workflow", () => {
  it("uses the actions of this package only from where it is installed, and gives them inputs that they have", () => {
    for (const { job } of JOBS)
      for (const { uses = "", with: given = {} } of job.steps.filter(({ uses }) => uses?.startsWith("./"))) {
        const [, name = ""] =
          /^\.\/(?:base\/)?node_modules\/pulumi-cake\/\.github\/actions\/(\w+)$/.exec(uses) ?? [];
        expect(NAMES, uses).toContain(name);
        expect(Object.keys(actionOf(name).inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
      }
  });

  it("takes the same version of Pulumi as all others", () => {
    const all = [...exampleWorkflows.map(textOf), ...NAMES.map(textOfAction)].join("\n");
    expect(new Set([...all.matchAll(/pulumi-version: .*/g)].map(([line]) => line)).size).toBe(1);
  });

  it.each(exampleWorkflows)("%s names options that the commands have", (path) => {
    const commands = [defineReview(new Command("review")), definePreflight(new Command("preflight"))];
    for (const run of scriptsOf(path))
      for (const [, name, rest = ""] of run.matchAll(/-- pulumi-cake (\w+)((?:[^|>\n]|\\\n)*)/g)) {
        const command = commands.find((one) => one.name() === name);
        expect(command, name).toBeDefined();
        for (const [option] of rest.matchAll(/--[a-z-]+/g))
          expect(command?.options.map(({ long }) => long)).toContain(option);
      }
  });
});

describe("each job", () => {
  it.each(JOBS)("$path $name runs no code of the repository where it can write to GitHub", ({ job }) => {
    if (!Object.values(job.permissions).includes("write")) return;
    expect(actionsOf(job).filter((action) => action !== "actions/download-artifact")).toEqual([]);
    for (const { run = "" } of job.steps) expect(run).not.toMatch(/\b(npm|npx|node|pulumi) /);
  });

  it.each(JOBS)("$path $name unpacks an artifact into a folder of its own", ({ job }) => {
    for (const { uses = "", with: inputs = {} } of job.steps)
      if (uses.startsWith("actions/download-artifact@"))
        expect(inputs.path).toMatch(/^\$\{\{ runner\.temp \}\}\/\w+$/);
  });

  it.each(JOBS)("$path $name keeps secrets to the steps that need them", ({ job }) => {
    expect(JSON.stringify(job.env ?? {})).not.toContain("secrets.");
    for (const { run = "", uses = "", env = {} } of job.steps)
      if (JSON.stringify(env).includes("secrets."))
        expect(`${run}${uses}`).toMatch(/^\s*pulumi |\/pulumi-cake\//m);
  });
});

describe("the workflow", () => {
  it("that applies is one at a time for its CAKE, is never cut short, and is dropped by no other workflow", () => {
    const { concurrency, jobs } = workflow(example("apply.yml"));
    expect(concurrency).toEqual({ group: "cake-yourdomain", "cancel-in-progress": false });
    expect(workflow(example("drift.yml")).concurrency.group).not.toBe(concurrency.group);
    expect(Object.keys(jobs)).toEqual(["apply"]);
  });

  it("that applies looks before it writes", () => {
    const order = jobsOf(example("apply.yml")).flatMap(([, { steps }]) => steps.map(({ name }) => name));
    expect(order.slice(-4)).toEqual(["Install", "Preflight", "Review", "Up"]);
  });

  it.each(["drift.yml", "apply.yml"])("%s shows both ways to an address that CAKE allows", (file) => {
    expect(textOf(example(file))).toContain("# runs-on: [self-hosted, cake]");
    expect(textOf(example(file))).toMatch(/# CAKE_PROXY: .*secrets\.CAKE_PROXY/);
  });

  it("for forks never runs on a machine that survives, nor where secrets are", () => {
    expect(textOf(example("review-forks.yml"))).not.toMatch(/self-hosted|secrets\./);
    expect(workflow(example("comment.yml")).on).toEqual({
      workflow_run: { workflows: [workflow(example("review-forks.yml")).name], types: ["completed"] },
    });
  });
});

function actionsOf({ steps }: Job): string[] {
  return steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses.replace(/@.*/, "")]));
}
