import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { safeJson } from "../../../../provider/cli/output/json";
import { stripControlChars } from "../../../../provider/cli/output/stripControlChars";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";
import { startSandbox } from "../../../../provider/sandbox";
import { runCommand } from "../command";

/** What the runners of GitHub and Azure take for a command: `##[…]` anywhere in a line, `::…::` at its beginning. */
const COMMAND = /##[a-z]*\[|^\s*::/im;
const HOSTILE =
  "##[add-mask]e ##vso[task.setvariable]e\n::add-mask::e\n  ::stop-commands::e ::error file=a::e";

test.each([
  ["##[add-mask]e", "##\uFFFD[add-mask]e"],
  ["https://t.example/#s2##[error]e", "https://t.example/#s2##\uFFFD[error]e"],
  ["##VSO[task.x]e", "##\uFFFDVSO[task.x]e"],
  ["::any-word::e", ":\uFFFD:any-word::e"],
  [" \t ::debug::e", " \uFFFD :\uFFFD:debug::e"],
  ["behind ::Error file=a::e", "behind :\uFFFD:Error file=a::e"],
])("%j is not a command any more", (text, harmless) => {
  expect(stripControlChars(text)).toBe(harmless);
  expect(JSON.parse(safeJson(text))).toBe(text);
  expect(safeJson(text)).not.toMatch(/##[a-z]*\[|::(?:debug|error)/i);
});

test.each([
  "urn:pulumi:prod::network::pulumi-nodejs:dynamic/cake:AffiliatePostback::p",
  "https://[::1]/#s2#",
])("%s stands as it is", (text) => {
  expect(stripControlChars(text)).toBe(text);
});

describe("no output of a command is a command for a CI's runner:", { timeout: 60_000 }, () => {
  test.each([
    ["lint", ["lint", "list.csv"]],
    ["lint of a state", ["lint", "state.json", "--format", "json"]],
    ["lint for code scanners", ["lint", "list.csv", "--format", "sarif"]],
    ["lint of a file that cannot be read", ["lint", `${HOSTILE}.csv`]],
    ["review", ["review", "preview.json"]],
    ["review in Markdown", ["review", "preview.json", "--format", "markdown"]],
    ["preflight", ["preflight", "state.json"]],
    ["inventory", ["inventory", "state.json", "--group", "shape"]],
    ["inventory as CSV", ["inventory", "state.json", "--format", "csv"]],
    ["inventory in Markdown", ["inventory", "state.json", "--format", "markdown"]],
    ["inventory as a page", ["inventory", "state.json", "--format", "html"]],
    ["inventory as JSON", ["inventory", "state.json", "--format", "json"]],
    ["inventory with a wrong filter", ["inventory", "state.json", "--where", `stack=${HOSTILE}`]],
    ["rules with a wrong name", ["rules", HOSTILE]],
    ["rules of a project", ["rules", "--rules", "rules.json"]],
    ["a rule of a project", ["rules", "X01", "--rules", "rules.json"]],
    ["adopt", ["adopt", "--dry-run", "--state", "state.json"]],
    ["doctor", ["doctor"]],
    ["an unknown option", ["inventory", `--${HOSTILE}`]],
  ])("%s", async (_, args) => {
    const { code, said } = await run(args);
    expect([0, 1, 2]).toContain(code);
    expect(said.trim()).not.toBe("");
    expect(said).not.toMatch(COMMAND);
  });
});

/** Runs a command where every name, URL and answer holds commands. */
async function run(args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const url = `https://t.example/?cid={x}&a=${HOSTILE}`;
  const sandbox = await startSandbox({ instances: { cake: { apiKey: "sandbox-key-4711" } } });
  const folder = mkdtempSync(join(tmpdir(), "cake-runner-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const cake = sandbox.instance();
  cake.add({ postbackId: 7, affiliateId: 1, offerId: 7, postbackUrl: url, postbackType: HOSTILE });
  cake.add({ postbackId: 8, affiliateId: 1, offerId: 7, postbackUrl: url });
  const inputs = { affiliateId: 1, offerId: 7, postbackUrl: url, postbackStatus: "active" };
  const outputs = { ...inputs, postbackUrl: `${url}&b=1`, domain: cake.domain };
  const urn = `urn:pulumi:${HOSTILE}::network::${TYPE_TOKEN}::${HOSTILE}`;
  const resource = { urn, type: TYPE_TOKEN, custom: true, id: "7", inputs, outputs };
  const pending = [{ type: "creating", resource }];
  const files = {
    "rules.json": { own: [{ id: "X01", pattern: "a", message: HOSTILE }] },
    "state.json": { version: 3, deployment: { resources: [resource], pending_operations: pending } },
    "preview.json": {
      steps: [{ op: "update", urn, oldState: resource, newState: { ...resource, inputs: outputs } }],
      diagnostics: [{ severity: "error", message: HOSTILE, urn }],
    },
  };
  for (const [name, contents] of Object.entries(files))
    writeFileSync(join(folder, name), JSON.stringify(contents));
  writeFileSync(join(folder, "list.csv"), `name,postback_url\n"${HOSTILE}","${url}"\n`);
  const env = { CAKE_DOMAIN: cake.url, CAKE_API_KEY: "sandbox-key-4711" };
  const { code, stdout, stderr } = await runCommand(args, { cwd: folder, env });
  return { code, said: `${stdout}\n${stderr}` };
}
