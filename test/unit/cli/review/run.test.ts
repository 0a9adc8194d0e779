import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";
import { COMMAND } from "../command";
import { environmentWith } from "../environment";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cake-review-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function review(args: string[], input: object | string = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "review", ...args], {
    ...{ cwd: folder, encoding: "utf8", env: environmentWith({}) },
    input: typeof input === "string" ? input : JSON.stringify(input),
  });
  return { code: status, stdout, stderr };
}

const write = (name: string, content: object) => writeFileSync(join(folder, name), JSON.stringify(content));
const state = (postbackUrl: string) => {
  const inputs = { affiliateId: 1, offerId: 2, postbackUrl, postbackStatus: "active" };
  return { id: "8801", type: TYPE_TOKEN, inputs, outputs: inputs };
};
const step = (op: string) => ({
  ...{ op, urn: `urn:pulumi:dev::shop::${TYPE_TOKEN}::acme` },
  oldState: state("https://a.example/pb?cid=#s2#"),
  newState: state("https://a.example/pb?cid=#s2#&x=1"),
});
const failed = {
  steps: [],
  diagnostics: [{ severity: "error", message: "error: boom ?token=hunter2hunter2" }],
};

describe("the command", () => {
  it.each([
    ["an update", [step("update")], { update: 1 }, 0],
    ["a refresh that found what its JSON does not hold", [step("refresh")], { update: 1 }, 2],
    ["a refresh that found nothing", [step("refresh")], { same: 1 }, 0],
    ["an unknown step", [step("mend")], { mend: 1 }, 2],
    ["a step too few", [step("update")], { update: 2 }, 2],
  ])("ends for %s as it may", (_case, steps, changeSummary, code) => {
    const run = review([], { steps, changeSummary });
    expect(run).toMatchObject({ code, stderr: "" });
    expect(run.stdout.includes("**Incomplete")).toBe(code === 2);
    const json = JSON.parse(review(["--format", "json"], { steps, changeSummary }).stdout);
    expect(json).toMatchObject({ version: 1, passes: code === 0 });
    expect(json.incomplete).toHaveLength(code === 2 ? 1 : 0);
  });

  it("makes a comment of a preview that failed, says the errors, and ends with 2", () => {
    const { code, stdout, stderr } = review([], failed);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^## The postbacks were not reviewed\n\n {4}standard input: The preview failed/);
    expect(stdout).toContain("\n      error: boom ?token=*** [preview-failed-early]\n");
    expect(stderr).toContain("boom ?token=***");
  });

  it.each([
    ["base.json", failed, { steps: [] }],
    ["head.json", { steps: [] }, failed],
  ])("names the file that is wrong: %s", (file, base, head) => {
    write("base.json", base);
    write("head.json", head);
    const { code, stderr } = review(["--base", "base.json", "--head", "head.json"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(`^${file}: The preview failed`));
  });

  it("writes a comment for a file that is not a preview, too", () => {
    writeFileSync(join(folder, "preview.json"), "error: no stack\r# selected");
    expect(review(["preview.json", "--output", "review.md"]).code).toBe(2);
    expect(readFileSync(join(folder, "review.md"), "utf8")).toMatch(
      /^## .*\n\n {4}preview\.json: .*not JSON/,
    );
  });

  it("writes nothing through a link", () => {
    writeFileSync(join(folder, "other"), "theirs");
    symlinkSync("other", join(folder, "review.md"));
    expect(review(["--output", "review.md"], { steps: [] }).code).toBe(2);
    expect(readFileSync(join(folder, "other"), "utf8")).toBe("theirs");
  });

  it.each([
    ["--format", "csv"],
    ["--work-list", "--format", "json"],
    ["--base", "a.json"],
    ["--work-list", "--base", "a.json", "--head", "b.json"],
    ["--format", "table"],
    ["--max-changes", "many"],
  ])("ends with 2 for options that contradict each other: %s %s", (...args) => {
    expect(review(args, { steps: [] })).toMatchObject({ code: 2, stdout: "" });
  });

  it("makes no work list of a preview that is incomplete", () => {
    const run = review(["--work-list"], { steps: [step("update")], changeSummary: { update: 2 } });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("2 resources to update");
  });

  it("prints a work list in each of its formats", () => {
    const input = { steps: [step("update")] };
    expect(review(["--work-list"], input).stdout).toContain("Should be");
    expect(review(["--work-list", "--format", "csv"], input).stdout).toMatch(/^postbackId,/);
    expect(review(["--work-list", "--format", "ids"], input).stdout).toBe("8801\n");
    expect(review(["--work-list"], { steps: [] }).stdout).toBe("Nothing to edit by hand.\n");
  });
});
