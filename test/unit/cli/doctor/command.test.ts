import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { redactor } from "../../../../provider/http/redact";
import { KEY, startCake } from "../../cake/support";
import { rows } from "../../sandbox/support";
import { environmentWith } from "../environment";
import { examined, startFilledCake } from "./support";

const main = join(__dirname, "../../../../provider/cli/main.ts");

/** The command in a process of its own, which has no terminal. */
async function doctor(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["--import", "tsx", main, "doctor", ...args], {
    env: environmentWith(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on("data", (chunk) => out.push(String(chunk)));
  child.stderr.on("data", (chunk) => err.push(String(chunk)));
  const [code] = await once(child, "close");
  return { code: code as number, out: out.join(""), err: err.join("") };
}

describe("the command", () => {
  it("ends with 0 on a good CAKE, and prints what it saw", async () => {
    const cake = await startFilledCake();
    const { code, out, err } = await doctor(["--known", "1", "30"], {
      CAKE_DOMAIN: cake.url,
      CAKE_API_KEY: KEY,
    });
    expect([code, err]).toEqual([
      0,
      `Looking at ${cake.url}. A call that is not answered ends after 30 s.\n`,
    ]);
    expect(out).toContain("30 postbacks (30 active) of 10 affiliates");
    expect(out).toContain("shown: 1, 30");
  });

  it("ends with 1 where something will not work, and an option names another instance than the environment", async () => {
    const cake = await startFilledCake({ list: "missing" });
    const { code, out } = await doctor(["--domain", cake.url, "--json"], {
      ...{ CAKE_DOMAIN: "other.example", CAKE_API_KEY: KEY },
    });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ version: 1, exitCode: 1, instance: cake.domain });
  });

  it("asks nobody where there is no terminal", async () => {
    const cake = await startFilledCake();
    const args = ["--probe-writes", "--affiliate", "7", "--offer", "8"];
    const { code, out } = await doctor(args, { CAKE_DOMAIN: cake.url, CAKE_API_KEY: KEY });
    expect([code, cake.calls("create")]).toEqual([2, 0]);
    expect(out).toContain("Nothing was written: there is no terminal to ask on.");
  });

  it.each([
    [["--key", "secret"], "unknown option '--key'"],
    [["--known", "x"], "It should be an id"],
    [["--offer", "0"], "It should be an id"],
  ])("ends with 2 at %j, which is no option of it", async (args, words) => {
    const { code, err } = await doctor(args);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
  });

  it("explains itself, exit codes and all", async () => {
    const { code, out } = await doctor(["--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(/Exit codes:\s+0 .*\s+1 .*\s+2 /);
  });
});

describe("without an instance to look at", () => {
  it.each([
    ["a domain", { CAKE_DOMAIN: "" }, {}, "name it with --domain, or in CAKE_DOMAIN"],
    ["a key", { CAKE_API_KEY: "" }, {}, "put it into CAKE_API_KEY"],
    ["a good setting", { CAKE_CONCURRENCY: "99" }, {}, "CAKE_CONCURRENCY"],
    ["good paths", {}, { paths: '{"create":"/x"}' }, '"create" is not an assumed endpoint'],
    ["the key of a provider", {}, { provider: "eu", domain: "eu.example" }, "put it into CAKE_EU_API_KEY"],
    ["the domain of a provider", { CAKE_EU_API_KEY: "k" }, { provider: "eu" }, '"eu" with --domain'],
  ])("the lack of %s is said, and no advice is given that is for stacks", async (_, env, options, words) => {
    const { code, told, printed } = await examined("cake.example", { ...options, env });
    expect([code, printed]).toEqual([2, ""]);
    expect(told).toContain(words);
    expect(told).not.toContain("--run-program");
    const asJson = await examined("cake.example", { ...options, env, json: true });
    expect(JSON.parse(asJson.printed)).toEqual({ version: 1, exitCode: 2, problem: told });
  });

  it("nothing of a bad setting reaches the terminal as it is", async () => {
    const { told } = await examined("cake.example\u001b[2J\nx");
    expect(told).not.toContain("\u001b");
  });

  it("the provider's own key is used with the option that names it", async () => {
    const cake = await startFilledCake();
    const env = { CAKE_API_KEY: "of another instance", CAKE_EU_API_KEY: KEY };
    const { code } = await examined(cake.url, { provider: "eu", domain: cake.url, env });
    expect(code).toBe(0);
  });
});

describe("what is printed", () => {
  // A redactor changes a text that holds the key in any form that it knows.
  const holdsKey = (text: string) => redactor([KEY])(text) !== text;

  it.each([
    ["a table", {}],
    ["JSON", { json: true }],
  ] as const)("as %s holds no key, although CAKE repeats it, and no control bytes", async (_, options) => {
    const said = `Invalid something for ${KEY} ${encodeURIComponent(KEY)} \u001b[31m \u202e \u009b31m`;
    const cake = await startFilledCake();
    cake.injectFault({ on: "any", times: 99, fault: { kind: "refused", message: said } });
    const { printed } = await examined(cake.url, options);
    expect(printed.replace(/\s+/g, " ")).toContain("Invalid something for *** ***");
    expect(holdsKey(printed)).toBe(false);
    expect(printed.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it("holds no key and no postback's URL, neither of CAKE's rows nor of the probe's", async () => {
    const cake = await startCake({ postbacks: rows(30) });
    cake.injectFault({
      on: "update",
      fault: { kind: "refused", message: `No ${KEY} https://t.example/pb?cid=1` },
    });
    const probe = { probeWrites: true, yesWriteInactiveRecords: true, yesTheyStayForGood: true } as const;
    for (const json of [{}, { json: true }] as const) {
      const { printed, told } = await examined(cake.url, { ...probe, affiliate: 7, offer: 8, ...json });
      expect(told).toContain("CAKE has written postback");
      expect(holdsKey(printed + told)).toBe(false);
      expect(printed + told).not.toMatch(/t\.example|example\.com/);
    }
  });

  it("notices a key in a text", () => {
    expect(holdsKey(`a ${KEY} b`)).toBe(true);
  });
});
