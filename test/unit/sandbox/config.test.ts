import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { loadConfig } from "../../../provider/sandbox";
import { defaultBehaviour } from "../../../provider/sandbox/behaviour";

async function loaded(content: string | Buffer) {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "config.json");
  await writeFile(file, content);
  return loadConfig(file);
}

it.each([
  ["UTF-16", Buffer.from('\uFEFF{"behaviour":{"maxRows":5}}\r\n', "utf16le")],
  ["UTF-8 with a byte order mark", Buffer.from('\uFEFF{\r\n"behaviour":{"maxRows":5}}\r\n')],
])("a configuration may be a file of Windows PowerShell: %s", async (_, bytes) => {
  expect(await loaded(bytes)).toEqual({ behaviour: { maxRows: 5 } });
});

it("a configuration takes the default of every option that is not a function", async () => {
  const { tenant: _none, ...options } = defaultBehaviour;
  const plain = JSON.parse(JSON.stringify(options));
  expect(await loaded(JSON.stringify({ behaviour: plain }))).toEqual({ behaviour: plain });
});

it("a configuration takes every kind of fault but the one that is a function", async () => {
  const faults = [
    {
      on: "any",
      fault: { kind: "behaviour", behaviour: { list: "empty", filters: { offer_id: "refused" } } },
    },
    { on: "create", fault: { kind: "status", status: 200, body: {}, headers: {}, when: "after" }, after: 2 },
    { on: "list", fault: { kind: "rateLimited", retryAfter: { date: 30 } }, times: 3 },
    { on: "update", fault: { kind: "restricted", envelope: "legacy" } },
    { on: "create", fault: { kind: "refused", message: "Restricted." } },
    { on: "create", fault: { kind: "quoted", as: "values" } },
    { on: "logs", fault: { kind: "redirect", status: 302, location: "/login" } },
    ...["html", "empty", "truncated", "brokenOff", "stalled", "reset", "hang"].map((kind) => ({
      on: "create",
      fault: { kind },
    })),
  ];
  expect(await loaded(JSON.stringify({ faults }))).toEqual({ faults });
});

it.each([
  ["not JSON", /config\.json" is not a sandbox configuration: it is not JSON\. /],
  ['{ "behavior": {} }', /behavior is not an option\. /],
  ['{ "behaviour": { "maxRow": 5 } }', /behaviour\.maxRow is not an option\. /],
  ['{ "behaviour": { "update": "never" } }', /behaviour\.update must be "keep" or .+, found "never"\. /],
  ['{ "faults": [{ "on": "list", "fault": { "kind": "oops" } }] }', /faults\.0\.fault\.kind must be /],
  [
    '{ "faults": [{ "on": "list", "fault": { "kind": "behaviour", "behaviour": { "list": "stale" } } }] }',
    /faults\.0\.fault\.behaviour\.list must be .+, found "stale"\. /,
  ],
])("the configuration %s is refused with the place of its mistake", async (content, sentence) => {
  await expect(loaded(content)).rejects.toThrow(sentence);
});
