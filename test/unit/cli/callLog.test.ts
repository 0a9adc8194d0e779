import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { COMMANDS } from "../../../provider/cli/commands";
import { ownManifest } from "../../../provider/manifest";
import { startSandbox } from "../../../provider/sandbox";
import { leaksOf } from "../../host/support/secrets";
import { callsIn, linesIn, logFile, requestsOf } from "../callLog/support";
import { serveRelay } from "../http/servers";
import { runCommand } from "./command";

const KEY = "key-canary/4711+x";

/** Each use of a command that calls CAKE. */
const CALLING: readonly (readonly string[])[] = [
  ["doctor", "--expect-id", "7301"],
  ["doctor", "--discover", "--format", "json", "--anonymize"],
  ["inventory"],
  ["inventory", "--source", "campaigns", "--affiliate", "2004,2017"],
  ["lint", "--live"],
  ["try", "--id", "7301"],
  ["adopt", "--dry-run", "--affiliate", "2004", "--state", "state.json"],
];
/** Commands that call nobody. */
const SILENT = ["preflight", "review", "rules", "sandbox"];

async function run(args: readonly string[], env: Record<string, string>, cwd: string) {
  // A Pulumi CLI that is not logged in would be asked for the stack's settings.
  const { code, stdout, stderr } = await runCommand(args, { env: { PATH: "", ...env }, cwd });
  return { code, output: stdout + stderr };
}

async function start() {
  const sandbox = await startSandbox({ instances: { cake: { postbacks: "network", apiKey: KEY } } });
  onTestFinished(() => sandbox.close());
  const { folder, path } = logFile();
  writeFileSync(join(folder, "state.json"), '{"version":3,"deployment":{"resources":[]}}');
  writeFileSync(join(folder, "Pulumi.yaml"), "name: p\nruntime: nodejs\n");
  return { cake: sandbox.instance(), folder, path };
}

it("every command is known as one that calls or one that does not", () => {
  const known = new Set([...CALLING.map(([name]) => name), ...SILENT]);
  expect(Object.keys(COMMANDS).filter((name) => !known.has(name))).toEqual([]);
});

describe("a command that calls", { timeout: 60_000 }, () => {
  it.each(CALLING.map((args): [string, readonly string[]] => [args.join(" "), args]))(
    "logs each request, says who it is in each, and shows the key in neither: %s",
    async (_, args) => {
      const { cake, folder, path } = await start();
      const relay = await serveRelay(cake.url);
      const env = { CAKE_DOMAIN: relay.url.href, CAKE_API_KEY: KEY, CAKE_LOG: path };
      const { code, output } = await run(args, env, folder);
      expect([0, 1], output).toContain(code);

      const lines = linesIn(path);
      expect(callsIn(lines)).toEqual(requestsOf(cake));
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines)
        expect(line).toMatchObject({ by: "command", instance: relay.url.host, status: expect.any(Number) });
      expect(new Set(relay.requests.map(({ headers }) => headers["user-agent"]))).toEqual(
        new Set([`pulumi-cake/${ownManifest().version}`]),
      );
      expect(relay.requests.length).toBe(lines.length);
      expect(leaksOf(KEY, readFileSync(path, "utf8") + output)).toEqual([]);
      expect(readFileSync(path, "utf8")).not.toMatch(/https?:|#s2#/);
    },
  );

  it.each(CALLING.map((args): [string, readonly string[]] => [args.join(" "), args]))(
    "ends with 2 and calls nobody where the log cannot be used: %s",
    async (_, args) => {
      const { cake, folder } = await start();
      const env = { CAKE_DOMAIN: cake.url, CAKE_API_KEY: KEY, CAKE_LOG: "cake.log" };
      const { code, output } = await run(args, env, folder);
      expect(code, output).toBe(2);
      expect(output).toMatch(
        /^CAKE_LOG cannot be used: cake\.log is not an absolute path\..*\[call-log-unusable\]$/m,
      );
      expect(cake.requests).toEqual([]);
    },
  );
});
