import { linkSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type SandboxInstance, startSandbox } from "../../../../provider/sandbox";
import { type RunOptions, runCommand } from "../command";
import { stateText, temporary, URL } from "./support";

const [US_KEY, EU_KEY] = ["key-canary-us-4711", "key-canary-eu-4711"];

/** Runs `pulumi-cake inventory` in a process of its own. */
async function run(args: string[], options: RunOptions = {}) {
  const ran = await runCommand(["inventory", ...args], options);
  expect(ran.stdout + ran.stderr).not.toContain("canary");
  return ran;
}

async function start() {
  const sandbox = await startSandbox({ instances: { us: { apiKey: US_KEY }, eu: { apiKey: EU_KEY } } });
  onTestFinished(() => sandbox.close());
  const [us, eu] = [sandbox.instance("us"), sandbox.instance("eu")];
  us.add({ postbackId: 7, affiliateId: 1, offerId: 7, postbackUrl: URL });
  us.add({ postbackId: 8, affiliateId: 1, offerId: 8, postbackUrl: URL, postbackStatus: "inactive" });
  eu.add({ postbackId: 7, affiliateId: 1, offerId: 7, postbackUrl: URL });
  return { us, eu, env: { CAKE_DOMAIN: us.url, CAKE_API_KEY: US_KEY, CAKE_EU_API_KEY: EU_KEY } };
}

const stateOf = (cake: SandboxInstance, ...ids: number[]) =>
  stateText(ids.map((id) => ({ id, outputs: { domain: cake.domain } })));

describe("pulumi-cake inventory", { timeout: 60_000 }, () => {
  test("ends with 0 for what is as it should be, and with 1 for what is not", async () => {
    const { us, env } = await start();
    const [alone, managed, drifted, borne, named] = await Promise.all([
      run([], { env }),
      run(["-"], { env, input: stateOf(us, 7) }),
      run(["-"], { env, input: stateOf(us, 7, 8) }),
      run(["-", "--fail-on", "none"], { env, input: stateOf(us, 7, 8) }),
      run(["--fail-on", "inactive,plain-secret"], { env }),
    ]);
    expect([alone, managed, drifted, borne, named].map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      [0, 1, 1, 0, 1].map((code) => ({ code, stderr: "" })),
    );
    expect(alone.stdout).toContain("2 live postbacks, 1 active; not compared with a stack");
    expect(managed.stdout).toContain(
      "50 % managed: 1 of 2 live postbacks, 1 active; 100 % of the active ones",
    );
    expect(drifted.stdout).toContain("status: active → inactive");
    expect(us.requests.map(({ method, operation }) => `${method} ${operation}`)).toEqual(
      Array.from({ length: 10 }, () => "GET list"),
    );
  });

  test("writes files by their endings, prints one format, and compares with an earlier one", async () => {
    const { us, env } = await start();
    const files = ["a.csv", "a.json", "a.MD", "a.txt"].map(temporary);
    const outputs = files.flatMap((file) => ["--output", file]);
    const state = temporary("state.json");
    writeFileSync(state, stateOf(us, 7, 8, 9));
    const { code, stdout } = await run([state, "--format", "json", ...outputs], { env });
    expect(code).toBe(1);
    const [csv, json, markdown, table] = files.map((file) => readFileSync(file, "utf8"));
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, totals: { live: 2, missing: 1, drifted: 1 } });
    expect(json).toBe(stdout);
    expect(csv).toMatch(/^instance,postback_id,/);
    expect(markdown).toMatch(/^# Postbacks\n/);
    expect(table).toContain("100 % managed");

    us.edit(8, { postbackStatus: "active" });
    const since = await run([state, "--since", files[1] ?? ""], { env });
    expect(since.stdout).toMatch(
      /Since .* UTC: 0 added, 0 gone, 1 changed\n[\s\S]*\nchanged +8 +status: inactive → active\n/,
    );
    const fromFile = await run(["--csv", files[0] ?? "", "--where", "is=inactive"], {
      env: { CAKE_DOMAIN: us.url },
    });
    expect(fromFile.stdout).toMatch(/\n8 /);
    expect(us.calls("list")).toBe(4);
  });

  test("reads several instances, each with the key of its own variable", async () => {
    const { us, eu, env } = await start();
    const { code, stdout } = await run(["-", "--instance", `eu=${eu.url}`, "--format", "json"], {
      env,
      input: stateOf(eu, 7),
    });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      postbacks: [
        { instance: us.domain, id: 7, is: ["unmanaged"] },
        { instance: us.domain, id: 8, is: ["unmanaged", "inactive"] },
        { instance: eu.domain, id: 7, is: ["managed"] },
      ],
    });
    for (const cake of [us, eu])
      expect(cake.requests.map(({ requestStatus }) => requestStatus)).toEqual(["Success", "Success"]);
  });

  test("ends with 2 for what it cannot read, without a word on standard output", async () => {
    const { us, env } = await start();
    const failures = await Promise.all([
      run(["no-such-export.json"], { env }),
      run(["-"], { env, input: "error: no stack selected" }),
      run(["--since", __filename], { env }),
      run(["--where", "color=red"], { env }),
      run(["--where", "rule=P99"], { env }),
      run(["--where", "stack=nosuch"], { env }),
      run(["-", "--where", "stack=nosuch"], { env, input: stateOf(us, 7) }),
      run(["--where", "tracker="], { env }),
      run(["--where", "is=drifted"], { env }),
      run(["--fail-on", "rule-error,unmanaged"], { env }),
      run(["--where", "affiliate=abc"], { env }),
      run(["--output", "report.pdf"], { env }),
      run(["--fail-on", "exposed"], { env }),
      run(["--instance", `again=${us.url}`], { env: { ...env, CAKE_AGAIN_API_KEY: US_KEY } }),
    ]);
    for (const { code, stdout, stderr } of failures) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).not.toBe("");
      expect(stderr).not.toMatch(/^\s+at /m);
    }
    // Nothing of that cost a reading.
    expect(us.requests).toEqual([]);
    us.injectFault({ on: "list", fault: { kind: "refused", message: `no rights for ${US_KEY}\u001b[2J` } });
    const refused = await run([], { env });
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("no rights for ***");
    expect(refused.stderr).not.toContain("\u001b");
  });

  test("ends with 2 for a status or an instance that nothing has, and with 0 where nothing matches", async () => {
    const { us, env } = await start();
    const [status, instance, none] = await Promise.all([
      run(["--where", "status=actve"], { env }),
      run(["--where", "instance=eu.example.com"], { env }),
      run(["--where", "affiliate=999"], { env }),
    ]);
    expect(status).toMatchObject({ code: 2, stdout: "" });
    expect(status.stderr).toContain(
      "Did you mean active? It can be active, inactive. [inventory-filter-value-unknown]",
    );
    expect(instance).toMatchObject({ code: 2, stdout: "" });
    expect(instance.stderr).toContain(`It can be ${us.domain}.`);
    expect(none).toMatchObject({ code: 0, stderr: "" });
    expect(none.stdout).toContain("No matching postbacks.");
  });

  test("takes domain, rules, key and state from a stack by the Pulumi CLI", async () => {
    const { us } = await start();
    const config = {
      "cake:domain": { value: us.url, secret: false },
      "cake:apiKey": { value: US_KEY, secret: true },
      "cake:rules": {
        value: '{"own":[{"id":"X01","pattern":"partner","message":"old","severity":"error"}]}',
        secret: false,
      },
    };
    const pulumi = temporary("pulumi");
    const answers = { config: JSON.stringify(config), stack: stateOf(us, 7), version: "v3.260.0" };
    writeFileSync(
      pulumi,
      `#!${process.execPath}\nconsole.log(${JSON.stringify(answers)}[process.argv[2]]);`,
      { mode: 0o755 },
    );
    const { code, stdout, stderr } = await run(
      ["--stack", "prod", "--where", "rule=X01", "--format", "json"],
      {
        env: { PATH: dirname(pulumi) },
      },
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      stacks: [{ file: "stack prod" }],
      totals: { managed: 1, unmanaged: 1, ruleError: 1 },
    });
  });

  test("writes no file through a link", async () => {
    const { env } = await start();
    const [target, link] = [temporary("theirs.csv"), temporary("report.csv")];
    writeFileSync(target, "theirs");
    symlinkSync(target, link);
    const { code, stderr } = await run(["--output", link], { env });
    expect(code).toBe(2);
    expect(stderr).toContain("is a symbolic link");
    expect(readFileSync(target, "utf8")).toBe("theirs");
  });

  test("refuses a file that is given twice, however its path is written", async () => {
    const file = temporary("state.json");
    writeFileSync(file, stateText([{ id: 7 }]));
    const link = temporary("link.json");
    symlinkSync(file, link);
    // As in a folder that knows a file by capitals and by small letters.
    const capitals = temporary("STATE.json");
    linkSync(file, capitals);
    const otherwise = `${dirname(file)}/./state.json`;
    for (const args of [
      [file, otherwise],
      [file, link],
      [file, capitals],
      ["-", "-"],
      ["no-such-export.json", "./no-such-export.json"],
    ]) {
      const { code, stdout, stderr } = await run(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(`The export ${args[1]} is named twice.`);
    }
  });

  test("ends with 2 for a list that may lack records, and tells what it saw", async () => {
    const { us, env } = await start();
    us.behave({ shortBy: 1 });
    const { code, stdout } = await run(["--fail-on", "none", "--format", "csv"], { env });
    expect(code).toBe(2);
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
    expect(stdout).toContain("the list says it has 2 rows, but 1 came");
  });

  test("documents its exit codes and its filters", async () => {
    const { code, stdout } = await run(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Exit codes:\n +0 .*\n +1 .*\n +2 /);
    expect(stdout).toContain("--where field=value filters by macro, host, parameter,");
  });
});
