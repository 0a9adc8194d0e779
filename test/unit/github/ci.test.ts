import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { CELLS } from "../../matrix/cells";
import { CI, jobsOf, scriptsOf, textOf, workflow } from "./workflows";

const { jobs } = workflow(CI);
const matrices = Object.values(jobs).flatMap(({ strategy }) => (strategy ? [strategy.matrix] : []));
// Part of the runner images of GitHub.
const hasTools = ["bash", "jq"].every((tool) => spawnSync(tool, ["--version"]).error === undefined);

describe("the workflow CI", () => {
  it("runs the tests on every major version of Node that docs/support.md names, and on the newest", () => {
    const nodes = [...new Set(CELLS.map(({ node }) => node)), "latest"];
    expect(matrices.length).toBeGreaterThan(1);
    for (const { node = [] } of matrices) expect(node.map(String)).toEqual(nodes);
  });

  it("takes the version of the Pulumi CLI that docs/support.md names, and the newest once a week", () => {
    const installs = jobsOf(CI).flatMap(([name, { steps }]) =>
      steps.flatMap(({ uses = "", with: inputs }) =>
        uses.startsWith("pulumi/actions@") ? [[name, inputs] as const] : [],
      ),
    );
    const pinned = { "pulumi-version-file": "test/stack/support/engine/version" };
    expect(installs).toEqual([
      ["test", pinned],
      ["systems", pinned],
      ["newest", { "pulumi-version": "latest" }],
    ]);
    expect(textOf(pinned["pulumi-version-file"])).toMatch(/^v3\.\d+\.\d+\n$/);
  });

  it("has one job that needs all others, for the protection of the branch", () => {
    const { "all-green": last, ...others } = jobs;
    expect(last?.needs).toEqual(Object.keys(others));
    expect(last?.if).toBe("always()");
    const skippable = Object.entries(others).filter(([, job]) => job.if !== undefined);
    expect(skippable.map(([name]) => name)).toEqual(["newest"]);
  });

  it.skipIf(!hasTools).each([
    ["passes", { check: "success", newest: "success" }, 0],
    ["passes where the weekly job is not started", { check: "success", newest: "skipped" }, 0],
    ["fails", { check: "failure", newest: "skipped" }, 1],
    ["fails where a job was canceled", { check: "cancelled", newest: "success" }, 1],
    ["fails where a job did not run, which is no success", { check: "skipped", newest: "success" }, 1],
    ["fails with the weekly job", { check: "success", newest: "failure" }, 1],
  ])("%s: %j", (_, results, expected) => {
    const [script = ""] = jobs["all-green"]?.steps.flatMap(({ run }) => run ?? []) ?? [];
    const needs = Object.entries(results).map(([name, result]) => [name, { result, outputs: {} }]);
    const env = { PATH: process.env.PATH, RESULTS: JSON.stringify(Object.fromEntries(needs)) };
    const { status } = spawnSync("bash", ["-euo", "pipefail", "-c", script], { env });
    expect(status).toBe(expected);
  });

  it("runs what people run before they send a change", () => {
    const guide = textOf(".github/CONTRIBUTING.md");
    for (const script of ["npm run check", "npm test", "npm run docs"]) {
      expect(
        scriptsOf(CI).some((one) => one.includes(script)),
        script,
      ).toBe(true);
      expect(guide).toContain(script);
    }
  });
});
