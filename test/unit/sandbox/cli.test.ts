import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { articlePostback, startSandbox } from "../../../provider/sandbox";
import { COMMAND } from "../cli/command";
import { environmentWith } from "../cli/environment";

/** The command line in a process of its own. */
function pulumiCake(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: environmentWith(env),
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let output = "";
  const watchers = new Set<() => void>();
  const more = (chunk: Buffer) => {
    output += chunk;
    for (const look of watchers) look();
  };
  child.stdout.on("data", more);
  child.stderr.on("data", more);
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  /** Resolves with all output as soon as it holds the text. */
  const says = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => output.includes(text) && resolve(output);
      watchers.add(look);
      look();
      ended.then(() => reject(new Error(`It ended without saying ${text}:\n${output}`)));
    });
  return { child, says, ended };
}

async function temporaryFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, "saved.json");
}

it("runs instances, says how to point a stack at them, and saves on Ctrl-C", async () => {
  const file = await temporaryFile();
  const args = [
    "--port",
    "0",
    "--instance",
    "us",
    "--instance",
    "eu-2:0",
    "--data",
    "article",
    "--save",
    file,
  ];
  const { child, says, ended } = pulumiCake(["sandbox", ...args, "--without", "list"]);
  const output = await says("Ctrl-C stops the sandbox and saves the postbacks in");
  const [, url = ""] = /argument domain of the provider "us": (http:\/\/127\.0\.0\.1:\d+)/.exec(output) ?? [];
  const [, key = ""] = /export CAKE_US_API_KEY=(\S+)\n/.exec(output) ?? [];
  expect(output).toMatch(/argument domain of the provider "eu-2": http:\/\/127\.0\.0\.1:\d+/);
  expect(output).toMatch(/export CAKE_EU_2_API_KEY=\S+\n/);
  // With several instances, none of them is the default provider's.
  expect(output).not.toMatch(/cake:domain|CAKE_API_KEY/);
  expect((await fetch(`${url}/api/2/affiliate_postbacks.json?api_key=${key}`)).status).toBe(404);
  const created = await fetch(`${url}/api/2/affiliate_postback.json`, {
    method: "POST",
    body: JSON.stringify({ api_key: key, affiliate_id: 1, offer_id: 0, postback_url: "https://t.example/" }),
  });
  expect(await created.json()).toMatchObject({ postback: { postback_id: 8802 } });
  child.kill("SIGINT");
  expect((await ended).code).toBe(0);
  expect(await readFile(file, "utf8")).toContain('"postback_id": 8802');
});

it("takes the key from the environment without repeating it, and the rows from a saved file", async () => {
  const file = await temporaryFile();
  const sandbox = await startSandbox({ instances: { saved: { postbacks: [articlePostback] } } });
  await sandbox.save(file);
  await sandbox.close();
  const { child, says, ended } = pulumiCake(["sandbox", "--port", "0", "--load", file], {
    CAKE_API_KEY: "top-secret",
  });
  const output = await says("Ctrl-C stops the sandbox and forgets");
  expect(output).toContain("  pulumi config set cake:domain http");
  expect(output).toContain("API key: from CAKE_API_KEY");
  expect(output).not.toContain("top-secret");
  const [, url = ""] = /^saved {2}(http:\S+)\/ {2}1 postback$/m.exec(output) ?? [];
  const list = await fetch(`${url}/api/2/affiliate_postbacks.json?api_key=top-secret`);
  expect(await list.json()).toMatchObject({ postbacks: [{ postback_id: 8801 }] });
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
});

it("gives each of several instances only the key that is named after it", async () => {
  const args = ["sandbox", "--port", "0", "--instance", "us", "--instance", "eu", "--data", "article"];
  const { child, says, ended } = pulumiCake(args, { CAKE_API_KEY: "of-none", CAKE_EU_API_KEY: "of-eu" });
  const output = await says("Ctrl-C stops the sandbox");
  expect(output).toContain("API key: from CAKE_EU_API_KEY");
  expect(output).toMatch(/export CAKE_US_API_KEY=(?!of-)\S+\n/);
  child.kill("SIGINT");
  expect((await ended).code).toBe(0);
});

it("does not replace a saved file that it was not told to load", async () => {
  const file = await temporaryFile();
  await writeFile(file, "yesterday's");
  const { code, output } = await pulumiCake(["sandbox", "--port", "0", "--save", file]).ended;
  expect(code).toBe(2);
  expect(output).toContain(`The file of --save exists: ${file}.`);
  expect(output).toMatch(/ \[sandbox-save-exists\]\n$/);
  expect(await readFile(file, "utf8")).toBe("yesterday's");
});

it("makes every instance behave and fail as a configuration file says", async () => {
  const file = await temporaryFile();
  await writeFile(
    file,
    JSON.stringify({
      behaviour: { listEnvelope: "response", totalRows: "page" },
      faults: [{ on: "list", fault: { kind: "status", status: 404, body: "default backend - 404" } }],
    }),
  );
  const args = ["--port", "0", "--instance", "us", "--instance", "eu", "--data", "article"];
  const { child, says, ended } = pulumiCake(["sandbox", ...args, "--config", file]);
  const output = await says("Ctrl-C stops the sandbox");
  const urls = [...output.matchAll(/^(?:us|eu) {2}(http:\S+)\/ /gm)].map(([, url]) => url);
  const keys = [...output.matchAll(/export CAKE_\S*API_KEY=(\S+)/g)].map(([, key]) => key);
  expect(urls).toHaveLength(2);
  expect(keys).toHaveLength(2);
  for (const [index, url] of urls.entries()) {
    const list = () => fetch(`${url}/api/2/affiliate_postbacks.json?api_key=${keys[index]}`);
    expect(await (await list()).text()).toBe("default backend - 404");
    expect(await (await list()).json()).toMatchObject({ response: { total_rows: 1 } });
  }
  child.kill("SIGINT");
  expect((await ended).code).toBe(0);
});

it.each([
  [["sandbox", "--key", "secret"], "unknown option '--key'"],
  [["sandbox", "--port", "65536"], "A port is at most 65535."],
  [["sandbox", "--port", "0", "--instance", "a b"], "It must be a name such as eu, or eu:8802."],
  [["sandbox", "--port", "0", "--load", "/no/such/file"], "The sandbox cannot read /no/such/file: ENOENT"],
  [["sandbox", "--port", "0", "--config", "/no/such"], "The sandbox cannot read /no/such: ENOENT"],
  [["no-such-command"], "unknown command 'no-such-command'"],
  [[], "Usage: pulumi-cake"],
])("refuses %j with a sentence and no stack", async (args, sentence) => {
  const { code, output } = await pulumiCake(args).ended;
  expect(code).toBe(2);
  expect(output).toContain(sentence);
  expect(output).not.toMatch(/^\s+at /m);
});

it("lists its commands, and its version is the package's", async () => {
  const [help, version] = await Promise.all([pulumiCake(["--help"]).ended, pulumiCake(["--version"]).ended]);
  expect(help.output).toMatch(/sandbox +run an emulator of CAKE on this machine/);
  const manifest = JSON.parse(await readFile(join(__dirname, "../../../package.json"), "utf8"));
  expect(version.output.trim()).toBe(manifest.version);
});
