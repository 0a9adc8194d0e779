import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { define } from "../../../provider/cli/review/command";
import { ACTIONS, actionOf, NAMES, runAction, textOfAction } from "./actions";

const ROOT = join(__dirname, "../../..");
const MAIN = join(ROOT, "provider/cli/main.ts");
const TSX = require.resolve("tsx");
const SHELL = "bash --noprofile --norc -euo pipefail {0}";
/** Inputs that say where something is, or goes, not how to judge it. */
const PLACES = ["preview-failed", "stack", "work-dir", "preview", "artifact"];

describe("each composite action", () => {
  it.each(NAMES)("%s is one that GitHub's own parser accepts", async (name) => {
    const { parseAction } = await import("@actions/workflow-parser/actions/index");
    const { NoOperationTraceWriter } = await import("@actions/workflow-parser");
    const file = { name: "action.yml", content: textOfAction(name) };
    const { context } = parseAction(file, new NoOperationTraceWriter());
    expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
    expect(actionOf(name).runs.using).toBe("composite");
  });

  it.each(NAMES)("%s reads only inputs and steps that exist, and uses every input", (name) => {
    const { inputs, runs } = actionOf(name);
    const text = textOfAction(name);
    const read = (context: string) =>
      new Set([...text.matchAll(new RegExp(`\\b${context}\\.([\\w-]+)`, "g"))].map(([, one = ""]) => one));
    expect([...read("inputs")].sort()).toEqual(Object.keys(inputs).sort());
    const ids = runs.steps.map(({ id }) => id);
    for (const id of read("steps")) expect(ids).toContain(id);
  });

  it.each(NAMES)("%s takes each output from one that its step writes", (name) => {
    const { outputs, runs } = actionOf(name);
    for (const [output, { value }] of Object.entries(outputs)) {
      const [, id, key] = /^\$\{\{ steps\.([\w-]+)\.outputs\.([\w-]+) \}\}$/.exec(value) ?? [];
      expect(runs.steps.find((step) => step.id === id)?.run, output).toContain(`"${key}=$`);
    }
  });

  it.each(NAMES)("%s puts no expression into a script, and stops a script at its first error", (name) => {
    for (const { run, shell } of actionOf(name).runs.steps) {
      if (run === undefined) continue;
      expect(run).not.toContain("${{");
      expect(shell).toBe(SHELL);
    }
  });

  it.each(NAMES)("%s gives secrets to Pulumi alone, and asks for nothing of the event", (name) => {
    const none = { CAKE_API_KEY: "", PULUMI_ACCESS_TOKEN: "", PULUMI_CONFIG_PASSPHRASE: "" };
    for (const { run = "", env = {} } of actionOf(name).runs.steps)
      if (!/^\s*pulumi /m.test(run)) expect(env).toMatchObject(none);
    expect(textOfAction(name)).not.toMatch(/\b(?:secrets|github|vars)\./);
  });

  it("is in the package, so that a workflow uses the one of the installed version", () => {
    const { files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { files: string[] };
    expect(files).toContain(".github/actions");
    expect(existsSync(join(ACTIONS, "review/action.yml"))).toBe(true);
  });
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cake-action-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a program of that name before all others. */
function stub(name: string, script: string): void {
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "bin", name), `#!/usr/bin/env bash\n${script}\n`);
  chmodSync(join(folder, "bin", name), 0o755);
}

const run = (action: string, inputs: Record<string, string>, env: Record<string, string> = {}) =>
  runAction(action, inputs, {
    ...{ workspace: folder, temp: join(folder, "temp") },
    env: { PATH: `${join(folder, "bin")}:${process.env.PATH}`, ...env },
  });

describe("the action that reviews", () => {
  const ECHO = `printf '%s\\n' "$@"; printf 'token=%s\\n' "$PULUMI_ACCESS_TOKEN"`;
  const useCli = () => stub("npx", `shift 3; exec "${process.execPath}" --import "${TSX}" "${MAIN}" "$@"`);

  it("has an input for each option that decides what passes, with the option's name", () => {
    const options = define(new Command("review")).options.map(({ long = "" }) => long.slice(2));
    const inputs = Object.keys(actionOf("review").inputs).filter((input) => !PLACES.includes(input));
    expect(options).toEqual(expect.arrayContaining(inputs));
    expect(options.filter((option) => !inputs.includes(option)).sort()).toEqual(
      // The preview names its instance, and the comment is Markdown.
      ["domain", "format", "output", "work-list"].sort(),
    );
  });

  it("says the defaults of the command", () => {
    const { inputs } = actionOf("review");
    for (const { long = "", defaultValue } of define(new Command("review")).options)
      if (defaultValue !== undefined)
        expect(inputs[long.slice(2)]?.description).toContain(`(default: ${defaultValue})`);
  });

  it("previews the stack, reviews the preview, and keeps the secrets of the state to the preview", async () => {
    stub("pulumi", `printf '%s\\n' "$*" "$CAKE_ALLOW_CHANGES" "$PULUMI_ACCESS_TOKEN"`);
    stub("npx", ECHO);
    const secret = { PULUMI_ACCESS_TOKEN: "pul-canary" };
    const { isSuccess, outputs, summary, used } = await run("review", { stack: "prod" }, secret);
    expect(isSuccess).toBe(true);
    expect(outputs).toEqual({
      ...{ verdict: "passes", "exit-code": "0" },
      comment: join(folder, "temp/review.md"),
    });
    expect(readFileSync(join(folder, "temp/preview.json"), "utf8")).toBe(
      "preview --json --show-sames --non-interactive --stack=prod\n1000000\npul-canary\n",
    );
    const args = ["--no", "--", "pulumi-cake", "review", "--", join(folder, "temp/preview.json")];
    expect(summary).toBe(`${args.join("\n")}\ntoken=\n`);
    expect(used).toEqual([
      expect.objectContaining({
        uses: expect.stringMatching(/^actions\/upload-artifact@/),
        with: expect.objectContaining({ name: "review", path: join(folder, "temp/review.md") }),
        env: expect.objectContaining({ PULUMI_ACCESS_TOKEN: "" }),
      }),
    ]);
  });

  it("hands every input over as text, whatever is in it", async () => {
    stub("npx", ECHO);
    const hostile = (name: string) => `$(touch ${name})\`touch ${name}\`"; touch ${name} #' --output=x`;
    const judging = ["rules", "fail-on", "max-changes", "max-deactivations", "allow-changes"];
    const inputs = Object.fromEntries([...judging, "preview"].map((name) => [name, hostile(name)]));
    const { summary } = await run("review", inputs);
    const expected = judging.map((name) => `--${name}=${hostile(name)}`);
    expect(summary).toContain(`review\n${expected.join("\n")}\n--\n${hostile("preview")}\n`);
    for (const name of Object.keys(inputs)) expect(existsSync(join(folder, name)), name).toBe(false);
  });

  it("reviews a given preview without one of its own", async () => {
    useCli();
    const preview = join(ROOT, "test/fixtures/review/preview.json");
    const inputs = { preview, artifact: "", "max-changes": "0" };
    const { isSuccess, outputs, summary, used } = await run("review", inputs);
    expect([isSuccess, outputs.verdict, outputs["exit-code"]]).toEqual([false, "do-not-merge", "1"]);
    expect(summary).toContain("## Postbacks:");
    expect(used).toEqual([]);
  });

  it("compares two previews, each of an empty stack", async () => {
    stub("npx", ECHO);
    const { summary } = await run("review", { base: "b.json", head: "h.json" });
    expect(summary).toContain("review\n--base=b.json\n--head=h.json\n");
  });

  it("still reviews a preview that failed, fails itself, and hands the errors over", async () => {
    stub(
      "pulumi",
      `echo '{"steps":[],"diagnostics":[{"severity":"error","message":"no such stack"}]}'; exit 255`,
    );
    useCli();
    const { isSuccess, outputs, summary, used } = await run("review", { stack: "prod" });
    expect([isSuccess, outputs.verdict, outputs["exit-code"]]).toEqual([false, "not-reviewed", "2"]);
    expect(summary).toContain("no such stack");
    expect(used).toHaveLength(1);
  });

  it("is not deceived by a preview that fails and looks complete", async () => {
    stub("pulumi", `cat "${join(ROOT, "test/fixtures/review/preview.json")}"; exit 255`);
    stub("npx", "echo '## Postbacks: 1 new'");
    const { isSuccess, outputs, summary } = await run("review", { stack: "prod" });
    expect([isSuccess, outputs.verdict, outputs["exit-code"]]).toEqual([false, "not-reviewed", "2"]);
    expect(summary).toMatch(/^## Postbacks: 1 new\n\n\*\*The preview failed/);
  });

  it.each([
    ["true", false, "not-reviewed"],
    ["false", true, "passes"],
  ])("is told whether a preview that it is given has failed: %s", async (failed, isSuccess, verdict) => {
    stub("npx", "echo '## Postbacks: 1 new'");
    const done = await run("review", { base: "base.json", head: "head.json", "preview-failed": failed });
    expect([done.isSuccess, done.outputs.verdict]).toEqual([isSuccess, verdict]);
  });

  it("fails as not reviewed, never as reviewed, if the project has no pulumi-cake", async () => {
    stub("npx", "echo 'npm error npx canceled due to missing packages' >&2; exit 1");
    const { isSuccess, outputs, log } = await run("review", { preview: "preview.json" });
    expect([isSuccess, outputs.verdict]).toEqual([false, "not-reviewed"]);
    expect(log).toContain("missing packages");
  });

  it("works in the directory of the project", async () => {
    mkdirSync(join(folder, "infra"));
    stub("npx", "pwd");
    const { summary } = await run("review", { preview: "p.json", "work-dir": "infra" });
    expect(summary.trim()).toMatch(/\/infra$/);
  });
});

describe("the action that finds drift", () => {
  const compare = (code: number, says: string, inputs = { stack: "prod" }) => {
    stub("pulumi", `printf '%s\\n' "$*" '${says}'; exit ${code}`);
    return run("drift", inputs);
  };

  it.each([
    ["no", 0, 0, "    4 unchanged", "Postbacks in CAKE are as the stack prod says"],
    [
      "yes",
      1,
      7,
      "    ~ 1 to update\n    - 2 to delete",
      "differ from the stack prod: 1 to update, 2 to delete",
    ],
    ["unknown", 2, 1, "error: preview failed", "Nobody knows whether the postbacks of the stack prod have"],
    ["unknown", 2, 0, "warning: Drift not checked: the live postbacks cannot be seen", "Nobody knows"],
  ])("says %s, with %i", async (drifted, end, code, says, summary) => {
    const done = await compare(code, says);
    expect(done.isSuccess).toBe(end === 0);
    expect(done.outputs).toEqual({
      ...{ drifted, "exit-code": String(end), report: join(folder, "temp/drift.txt") },
      summary: expect.stringContaining(summary),
    });
    expect(done.summary).toBe(`${done.outputs.summary}\n`);
    expect(done.used.map(({ with: given }) => given.name)).toEqual(["drift"]);
  });

  it("changes nothing: it asks for a preview of the refresh", async () => {
    const { log } = await compare(0, "");
    expect(log).toContain(
      "refresh --preview-only --expect-no-changes --non-interactive --color never --stack=prod\n",
    );
  });

  it("lets nothing in its log be a command of the runner", async () => {
    const { log } = await compare(0, "https://a.example/##[add-mask]e\n::error::x\n  ::stop-commands::y");
    expect(log).toContain("a.example");
    expect(log).not.toMatch(/##\[|^\s*::/m);
  });

  it.each([
    ["a name of a stack", "prod\ndrifted=no\n"],
    ["a command", "$(touch owned)`touch owned`; touch owned"],
  ])("writes no output but its own, and runs nothing, whatever is %s", async (_what, stack) => {
    const { outputs } = await compare(7, "    ~ 1 to update\n    ~ 1 to update=x\ndrifted=no", { stack });
    expect(outputs.drifted).toBe("yes");
    expect(outputs.summary).toMatch(/^Postbacks in CAKE differ from the stack [\w.-]+: 1 to update$/);
    expect(existsSync(join(folder, "owned"))).toBe(false);
  });

  it("gives the CAKE key to nothing but the comparison", async () => {
    stub("pulumi", 'echo "$CAKE_API_KEY" > "$RUNNER_TEMP/seen"');
    const { log, outputs, used } = await run("drift", { stack: "prod" }, { CAKE_API_KEY: "key-canary" });
    expect(readFileSync(join(folder, "temp/seen"), "utf8")).toBe("key-canary\n");
    expect(JSON.stringify([log, outputs, used])).not.toContain("key-canary");
  });
});
