import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { describe, expect, onTestFinished, test } from "vitest";
import { TYPE_TOKEN } from "../../../provider/postback/postback";
import { startSandbox } from "../../../provider/sandbox";
import { ANONYMOUS_SCHEMA, reportingCommands, schemaFiles, schemaPath } from "../../docs/schemas";
import { runCommand } from "../cli/command";
import { temporary } from "../cli/inventory/support";

const root = join(__dirname, "../../..");
const commands = reportingCommands(root);
const KEY = "sandbox-key-4711";

describe("the JSON Schemas of reports", { timeout: 120_000 }, () => {
  test("say what the interfaces say", () => {
    const fresh = schemaFiles(root);
    const saved = readdirSync(join(root, "docs/schemas")).map((file) => `docs/schemas/${file}`);
    expect(saved.sort()).toEqual([...fresh.keys()].sort());
    for (const [path, schema] of fresh)
      expect(readFileSync(join(root, path), "utf8"), 'run "npm run docs"').toBe(schema);
  });

  test.each([
    ...commands.map((command) => [command, schemaPath(command), []] as const),
    ["doctor", ANONYMOUS_SCHEMA, ["--anonymize"]] as const,
  ])("describe what %s prints, by %s", async (command, schema, options) => {
    const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(join(root, schema), "utf8")),
    );
    for (const sample of await samplesOf(command)) {
      const { env, args } = { ...sample, args: [...sample.args, ...options] };
      const printed = JSON.parse(await run([command, "--format", "json", ...args], env));
      expect(validate(printed), JSON.stringify({ args, errors: validate.errors }, undefined, 1)).toBe(true);
      expect(validate({ ...printed, surprise: 1 })).toBe(false);
      expect(validate({ ...printed, version: "1" })).toBe(false);
    }
  });
});

interface Sample {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs of a command whose reports hold as much as they can. */
async function samplesOf(command: string): Promise<Sample[]> {
  const sandbox = await startSandbox({ instances: { cake: { postbacks: "network", apiKey: KEY } } });
  onTestFinished(() => sandbox.close());
  const { url, domain } = sandbox.instance();
  const env = { CAKE_DOMAIN: url, CAKE_API_KEY: KEY };
  const state = saved("state.json", stateOn(domain));
  const csv = saved(
    "partners.csv",
    "name,affiliate_id,offer_id,postback_url\nacme,7,8,https://t.example/?cid={clickid}\nzeta,7,8,https://t.example/?cid=#s3#\n",
  );
  switch (command) {
    case "inventory": {
      const earlier = saved("earlier.json", await run(["inventory", "--format", "json", state], env));
      await sandbox.instance().edit(7301, { postbackStatus: "inactive" });
      return [
        { args: [], env },
        { args: [state, "--since", earlier, "--where", "host=.example"], env },
        { args: [state, "--source", "campaigns"], env },
      ];
    }
    case "lint":
      return [{ args: [csv] }, { args: [state] }, { args: ["--live"], env }];
    case "doctor":
      return [
        { args: [], env },
        { args: ["--discover"], env },
        { args: [], env: { ...env, CAKE_API_KEY: "wrong" } },
      ];
    case "preflight":
      return [{ args: [state], env }];
    case "adopt": {
      const project = temporary("project");
      const filter = (path: string) => !path.includes("postbacks");
      cpSync(join(root, "examples/adopt-existing"), project, { recursive: true, filter });
      const args = ["--state", state, "--cwd", project];
      // The CLI of this machine knows nothing of the project's stack.
      const withoutCli = { ...env, PATH: "" };
      return [
        { args: [...args, "--dry-run"], env: withoutCli },
        { args, env: withoutCli },
      ];
    }
    case "rules": {
      const own = [{ id: "X01", pattern: "old", message: "is old" }];
      const rules = saved("rules.json", JSON.stringify({ severity: { P03: "off" }, own }));
      return [{ args: [] }, { args: ["P20"] }, { args: ["--rules", rules] }];
    }
    case "try": {
      const send = [
        `${url}/postback?cid=#s2#&x=#y#&token=4f1c9ad07b#z`,
        "--send",
        "--yes",
        "--allow-private",
      ];
      const nobody = ["https://no-such-host.invalid/?cid=#s2#", "--send", "--yes"];
      return [
        { args: [csv, "--row", "2"] },
        { args: ["--id", "7301"], env },
        { args: [...send, "--allow-ci"] },
        { args: [...nobody, "--allow-ci"] },
      ];
    }
    case "review":
      return [{ args: [saved("preview.json", preview())] }];
    default:
      throw new Error(`There is no sample of ${command}: add one.`);
  }
}

function saved(name: string, contents: string): string {
  const file = temporary(name);
  writeFileSync(file, contents);
  return file;
}

const urn = (name: string) => `urn:pulumi:prod::network::${TYPE_TOKEN}::${name}`;

function stateOn(domain: string): string {
  const postback = { affiliateId: 2004, offerId: 310, postbackUrl: "https://t.example/?cid=#s2#" };
  const outputs = { ...postback, postbackStatus: "active", postbackTypeId: 1, domain };
  const resource = (id: string) => ({
    ...{ urn: urn(`p${id}`), type: TYPE_TOKEN, custom: true, id, inputs: outputs, outputs },
  });
  return JSON.stringify({ version: 3, deployment: { resources: [resource("7301"), resource("9999")] } });
}

function preview(): string {
  const inputs = { affiliateId: 7, offerId: 8, postbackUrl: "https://t.example/?cid={clickid}" };
  const old = { ...inputs, postbackUrl: "https://t.example/?cid=#s2#" };
  const state = (properties: object, id?: string) => ({
    ...{ urn: urn("p"), type: TYPE_TOKEN, custom: true, inputs: properties, outputs: properties },
    ...(id === undefined ? {} : { id }),
  });
  const steps = [
    { op: "update", urn: urn("p"), oldState: state(old, "1"), newState: state(inputs, "1") },
    { op: "delete", urn: urn("gone"), oldState: { ...state(old, "2"), urn: urn("gone") } },
  ];
  return JSON.stringify({ steps, changeSummary: { update: 1, delete: 1 } });
}

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout, stderr } = await runCommand(args, { env });
  if (stdout === "") throw new Error(`${args.join(" ")} printed nothing: ${stderr}`);
  return stdout;
}
