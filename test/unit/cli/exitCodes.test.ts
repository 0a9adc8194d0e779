import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../../provider/sandbox";
import { documentedCommands } from "../../docs/commandLine";
import { COMMAND } from "./command";
import { environmentWith } from "./environment";

const ROOT = join(__dirname, "../../..");
const KEY = "exit-code-key";
const EMPTY_EXPORT = '{"version":3,"deployment":{"resources":[]}}';
const GOOD_URL = "https://tracker.example/pb?cid=#s2#&payout=#price#&txid=#tid#\n";
const PREVIEW = join(ROOT, "test/fixtures/review/preview.json");
const INTERRUPTED = join(__dirname, "preflight/twoInstances.json");

interface Case {
  readonly args: readonly string[];
  readonly input?: string;
  /** Without the instance and its key. */
  readonly isAlone?: true;
}

/** A run that ends with each exit code of each command. */
const CASES: Readonly<Record<string, Readonly<Record<number, Case>>>> = {
  doctor: {
    0: { args: [] },
    1: { args: ["--expect-id", "1"] },
    2: { args: [], isAlone: true },
  },
  lint: {
    0: { args: ["-"], input: GOOD_URL },
    1: { args: ["-"], input: GOOD_URL.replace("#s2#", "{clickid}") },
    2: { args: ["-"] },
  },
  rules: { 0: { args: [] }, 2: { args: ["P99"] } },
  review: {
    0: { args: [PREVIEW] },
    1: { args: ["--max-changes", "0", PREVIEW] },
    2: { args: ["-"] },
  },
  preflight: {
    0: { args: ["-"], input: EMPTY_EXPORT },
    1: { args: [INTERRUPTED] },
    2: { args: ["-"] },
  },
  inventory: {
    0: { args: ["--fail-on", "none"] },
    1: { args: ["--fail-on", "inactive"] },
    2: { args: [], isAlone: true },
  },
  adopt: {
    0: { args: ["--dry-run", "--affiliate", "2004", "--state", "state.json"] },
    1: { args: ["--dry-run", "--affiliate", "9", "--state", "state.json"] },
    2: { args: ["--dry-run", "--affiliate", "999999", "--state", "state.json"] },
  },
  try: {
    0: { args: ["-"], input: GOOD_URL },
    1: { args: ["-"], input: GOOD_URL.replace("#s2#", "{clickid}") },
    2: { args: ["-"] },
  },
  sandbox: { 0: { args: ["--port", "0"] }, 2: { args: ["--port", "x"] } },
};

describe("the exit codes", { timeout: 60_000 }, () => {
  let sandbox: Sandbox;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "cake-exit-codes-"));
    writeFileSync(join(folder, "state.json"), EMPTY_EXPORT);
    writeFileSync(join(folder, "Pulumi.yaml"), "name: p\nruntime: nodejs\n");
    sandbox = await startSandbox({ instances: { cake: { postbacks: "network", apiKey: KEY } } });
    sandbox.instance().add({ affiliateId: 9, offerId: 9, postbackUrl: "mailto:partner@example.com" });
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  async function run(command: string, { args, input = "", isAlone }: Case) {
    const instance = isAlone ? {} : { CAKE_DOMAIN: sandbox.instance().url, CAKE_API_KEY: KEY };
    // A Pulumi CLI that is not logged in would be asked for the stack's settings.
    const env = environmentWith({ PATH: "", CAKE_JOURNAL_DIR: join(folder, "journal"), ...instance });
    const child = spawn(process.execPath, [COMMAND, command, ...args], { env, cwd: folder });
    const code = new Promise((resolve) => child.once("close", resolve));
    child.stdin.on("error", () => undefined).end(input);
    // A sandbox runs until somebody stops it.
    if (command === "sandbox") child.stdout.once("data", () => child.kill("SIGINT"));
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, said: stdout + stderr };
  }

  it("of every command are those that its help and the docs name", async () => {
    const documented = (await documentedCommands()).map(({ command, help }) => [
      command.name(),
      Object.keys(help.exitCodes),
    ]);
    const tried = Object.entries(CASES).map(([command, cases]) => [command, Object.keys(cases)]);
    expect(Object.fromEntries(tried)).toEqual(Object.fromEntries(documented));
  });

  const all = Object.entries(CASES).flatMap(([command, cases]) =>
    Object.entries(cases).map(([code, one]): [string, string, Case] => [command, code, one]),
  );
  it.each(all)("are what the table says: %s ends with %s", async (command, code, one) => {
    const ran = await run(command, one);
    expect(ran.code, ran.said).toBe(Number(code));
  });
});
