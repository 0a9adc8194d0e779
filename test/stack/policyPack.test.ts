import { execFileSync, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { TYPE_TOKEN } from "../../provider/postback/postback";
import { grpc, toStruct } from "../host/support/proto";
import { copyOf, repository } from "./support/places";

const load = createRequire(__filename);
const { AnalyzerClient } = load(
  "@pulumi/pulumi/proto/analyzer_grpc_pb",
) as typeof import("@pulumi/pulumi/proto/analyzer_grpc_pb");
const { AnalyzeRequest, AnalyzerResourceOptions } = load(
  "@pulumi/pulumi/proto/analyzer_pb",
) as typeof import("@pulumi/pulumi/proto/analyzer_pb");

/**
 * The process that the engine starts for a pack, as soon as it listens.
 *
 * @param config The stack's configuration, which the engine hands to that process in its environment.
 */
async function start(
  pack: string,
  config: Readonly<Record<string, string>> = {},
): Promise<InstanceType<typeof AnalyzerClient>> {
  const script = load.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const child = spawn(process.execPath, [script, "127.0.0.1:9", "."], {
    cwd: pack,
    env: { ...process.env, PULUMI_CONFIG: JSON.stringify(config) },
  });
  let complaints = "";
  child.stderr.on("data", (data: Buffer) => {
    complaints += data.toString();
  });
  const port = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`The pack ended with ${code}: ${complaints}`)));
  });
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  onTestFinished(() => {
    client.close();
    child.kill();
  });
  return client;
}

function analyze(
  client: InstanceType<typeof AnalyzerClient>,
  properties: Record<string, unknown>,
): Promise<string[]> {
  const request = new AnalyzeRequest()
    .setType(TYPE_TOKEN)
    .setUrn(`urn:pulumi:dev::shop::${TYPE_TOKEN}::acme`)
    .setName("acme")
    .setOptions(new AnalyzerResourceOptions())
    .setProperties(toStruct(properties));
  return new Promise((resolve, reject) => {
    client.analyze(request, (error, answer) => {
      if (error) return reject(error);
      const LEVELS = ["advisory", "mandatory", "disabled", "remediate"];
      resolve(
        (answer?.getDiagnosticsList() ?? []).map(
          (one) => `${one.getPolicyname()} ${LEVELS[one.getEnforcementlevel()]}: ${one.getMessage()}`,
        ),
      );
    });
  });
}

describe("examples/policy-pack", () => {
  it("type-checks, and finds in its own process what the rules find", async () => {
    const pack = copyOf("policy-pack");
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    expect(() => execFileSync(process.execPath, [tsc, "-p", pack], { encoding: "utf8" })).not.toThrow();

    const client = await start(pack);
    const good = { affiliateId: 1, offerId: 2, postbackUrl: "https://t.partner.net/pb?cid=#s2#" };
    expect(await analyze(client, good)).toEqual([]);
    const [found, ...more] = await analyze(client, {
      ...good,
      postbackUrl: "https://t.partner.net/pb?p=#price#",
    });
    expect(found).toMatch(/^cake-p03-no-click-id advisory: .*P03 no-click-id: the URL/s);
    expect(more).toEqual([]);
  });

  it("takes the rules and the instance of the stack that runs it", async () => {
    const client = await start(copyOf("policy-pack"), {
      "cake:rules": JSON.stringify({ severity: { P03: "error" } }),
      "cake:domain": "t.partner.net",
    });
    const found = await analyze(client, {
      ...{ affiliateId: 1, offerId: 2, postbackUrl: "https://t.partner.net/pb?p=#price#" },
    });
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/^cake-p03-no-click-id mandatory: /);
    expect(found[1]).toMatch(/^cake-p24-wrong-receiver advisory: /);
  });
});
