import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { LIST_CANDIDATES } from "../../../../provider/cake/endpoints";
import { redactor } from "../../../../provider/http/redact";
import { KEY } from "../../cake/support";
import { deadPort, serveTls } from "../../http/servers";
import { runCommand } from "../command";
import { startFilledCake } from "./support";

/** The command in a process of its own. */
async function doctor(args: readonly string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runCommand(["doctor", ...args], { env });
  return { code, out: stdout, err: stderr };
}

describe("the command", () => {
  it("ends with 0 on a good instance, and prints what it saw", async () => {
    const cake = await startFilledCake();
    const env = { CAKE_DOMAIN: cake.url, CAKE_API_KEY: KEY };
    const { code, out, err } = await doctor(["--expect-id", "1", "30"], env);
    expect([code, err]).toEqual([
      0,
      `Checking ${cake.url}. A call without a response times out after 30 s.\n`,
    ]);
    expect(out).toContain("30 postbacks (30 active) of 10 affiliates");
    expect(out).toContain("shown: 1, 30");
  });

  it("ends with 1 at a problem, and an option names another instance than the environment", async () => {
    const cake = await startFilledCake({ list: "missing" });
    const env = { CAKE_DOMAIN: "other.example", CAKE_API_KEY: KEY };
    const { code, out } = await doctor(["--domain", cake.url, "--format", "json"], env);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ...{ version: 1, exitCode: 1, instance: cake.domain, provider: null },
      checks: expect.arrayContaining([
        expect.objectContaining({ id: "list", group: "list", verdict: "problem" }),
      ]),
      settings: expect.arrayContaining([
        expect.objectContaining({ name: "endpoints", value: "without-list" }),
      ]),
    });
  });

  it("uses the key of the provider that an option names, and prints arguments for it", async () => {
    const cake = await startFilledCake();
    const env = { CAKE_API_KEY: "of another instance", CAKE_EU_API_KEY: KEY };
    const { code, out } = await doctor(["--provider", "eu", "--domain", cake.url], env);
    expect(code).toBe(0);
    expect(out).toContain('Arguments of the provider "eu" in the program:');
  });

  it("takes domain, key and all other settings from a stack's configuration", async () => {
    const cake = await startFilledCake({ paths: { list: "/own/list.json" } });
    const folder = mkdtempSync(join(tmpdir(), "cake-doctor-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const entry = (value: string, secret = false) => ({ value, secret });
    const config = {
      ...{ "cake:domain": entry(cake.url), "cake:apiKey": entry(KEY, true) },
      "cake:paths": entry('{"list":"/own/list.json"}'),
    };
    writeFileSync(join(folder, "config.json"), JSON.stringify(config));
    const cli = `#!/bin/sh\n[ "$1" = version ] && echo v3.274.1 || cat ${folder}/config.json\n`;
    writeFileSync(join(folder, "pulumi"), cli, { mode: 0o755 });
    const env = { PATH: `${folder}:${process.env.PATH}` };
    const { code, out, err } = await doctor(["--stack", "dev", "--cwd", folder], env);
    expect([code, redactor([KEY])(out + err)]).toEqual([0, out + err]);
    expect(out).toContain(`CAKE instance ${cake.domain}`);
    expect(out).toContain("30 postbacks (30 active)");
  });

  it.each([
    ["no domain", {}, [], "name it with --domain, or in CAKE_DOMAIN"],
    ["no key", { CAKE_DOMAIN: "cake.example" }, [], "CAKE_API_KEY"],
    ["a wrong setting", { CAKE_DOMAIN: "cake.example", CAKE_CONCURRENCY: "99" }, [], "CAKE_CONCURRENCY"],
    ["an unknown option", {}, ["--key", "secret"], "unknown option '--key'"],
    ["an id that is none", {}, ["--expect-id", "x"], "It must be an integer"],
  ])("ends with 2 at %s, and gives no advice that is for stacks", async (_, env, args, words) => {
    const { code, out, err } = await doctor(args, env);
    expect([code, out, err]).toEqual([2, "", expect.stringContaining(words)]);
    expect(err).not.toMatch(/--run-program|[Rr]efresh|destroy/);
  });

  it("names the paths of a search before the first call, and recommends the one that was found", async () => {
    const cake = await startFilledCake({ paths: { list: "/api/2/postbacks.json" } });
    const env = { CAKE_DOMAIN: cake.url, CAKE_API_KEY: KEY };
    const { code, out, err } = await doctor(["--discover"], env);
    expect(code).toBe(0);
    for (const path of LIST_CANDIDATES) expect(err).toContain(`\n  ${path}\n`);
    expect(out).toContain("pulumi config set cake:paths list=api/2/postbacks.json");
  });

  it("names the paths of a search although the instance cannot be reached", async () => {
    const env = { CAKE_DOMAIN: `http://127.0.0.1:${await deadPort()}`, CAKE_API_KEY: KEY };
    const { code, out, err } = await doctor(["--discover", "--format", "json"], env);
    expect([code, JSON.parse(out).discovery]).toEqual([2, null]);
    expect(err).toContain(LIST_CANDIDATES.at(-1));
  });

  it("prints a report for strangers as JSON, and refuses to print it otherwise", async () => {
    const cake = await startFilledCake({ paths: { list: "/api/2/postbacks.json" } });
    const env = { CAKE_DOMAIN: cake.url, CAKE_API_KEY: KEY };
    const { code, out } = await doctor(["--discover", "--format", "json", "--anonymize"], env);
    expect([code, JSON.parse(out).list.path]).toEqual([0, "/api/2/postbacks.json"]);
    expect(out).not.toContain("127.0.0.1");
    cake.forgetRequests();
    const refused = await doctor(["--anonymize"], env);
    expect([refused.code, refused.out, cake.requests]).toEqual([2, "", []]);
    expect(refused.err).toContain("Add --format json");
  });

  it("explains itself, exit codes and all", async () => {
    const { code, out } = await doctor(["--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(/Exit codes:\s+0 .*\s+1 .*\s+2 /);
  });
});

describe("an authority of one's own", () => {
  it.each([
    ["is trusted", [-1, 400], "ok", /certificate verified, valid from .* until/],
    ["has its end seen in time", [-1, 9], "warning", /days left: 8/],
    ["does not make up for an end", [-30, -10], "problem", /the TLS certificate has expired/],
  ] as const)("that is named in NODE_EXTRA_CA_CERTS %s", async (_, days, verdict, found) => {
    const server = await serveTls((_request, response) => response.end("{}"), { name: "localhost", days });
    const folder = mkdtempSync(join(tmpdir(), "cake-doctor-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "authority.pem");
    writeFileSync(file, server.cert);
    const args = ["--domain", `https://localhost:${server.port}`, "--format", "json"];
    const env = { CAKE_API_KEY: KEY, NODE_EXTRA_CA_CERTS: file, CAKE_REQUEST_TIMEOUT: "5", NO_PROXY: "*" };
    const { out } = await doctor(args, env);
    const tls = JSON.parse(out).checks.find(({ id }: { id: string }) => id === "tls");
    expect(tls).toMatchObject({ verdict, found: expect.stringMatching(found) });
  });
});
