import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { InstanceOptions, SandboxInstance } from "../../provider/sandbox";
import { newFromStarter } from "../stack/support/places";
import type { ConfigMap } from "./types";
import { openWorld } from "./world";

const REPOSITORY = resolve(__dirname, "../..");
const EXAMPLES = join(REPOSITORY, "examples");

/** What an example needs beside an empty CAKE and its address. */
interface Needs {
  /** @default "dev" */
  readonly stackName?: string;
  /** The project's folder, if it is not that of the example. */
  readonly workDir?: () => string;
  readonly instances?: Record<string, InstanceOptions>;
  readonly config?: (instance: (name: string) => SandboxInstance) => ConfigMap;
}

const NEEDS: Readonly<Record<string, Needs>> = {
  quickstart: { workDir: () => REPOSITORY },
  starter: { workDir: () => newFromStarter("our-postbacks") },
  sharded: { stackName: "shard-1" },
  audit: {
    instances: { cake: { postbacks: "network" } },
    config: () => ({ "cake-audit:agreedHosts": { value: '["trk.northpeak.example"]' } }),
  },
  "two-instances": {
    instances: { us: {}, eu: {} },
    config: (instance) => ({
      "cake-two-instances:usDomain": { value: instance("us").url },
      "cake-two-instances:usApiKey": { value: instance("us").apiKey, secret: true },
      "cake-two-instances:euDomain": { value: instance("eu").url },
      "cake-two-instances:euApiKey": { value: instance("eu").apiKey, secret: true },
    }),
  },
};

// Its postbacks come into the state by `pulumi import`, which is the CLI's: two of them are equal, and never created.
const NEEDS_THE_CLI = new Set(["adopt-existing"]);

const programs = readdirSync(EXAMPLES).filter(
  (name) =>
    !NEEDS_THE_CLI.has(name) &&
    existsSync(join(EXAMPLES, name, "index.ts")) &&
    !existsSync(join(EXAMPLES, name, "PulumiPolicy.yaml")),
);

describe("every example that is a program", () => {
  it.each(programs)("comes up, and a second up changes nothing and sends nothing: %s", async (name) => {
    const needs = NEEDS[name] ?? {};
    const { workDir = () => join(EXAMPLES, name), config = () => ({}) } = needs;
    await using world = await openWorld(workDir(), needs);
    const { stack, cake, instance } = world;
    await stack.setAllConfig(config(instance));

    const { changeSummary: first } = await stack.up();
    expect(first.create).toBeGreaterThan(0);
    cake.forgetRequests();
    const { changeSummary: second } = await stack.up();
    expect(second).toEqual({ same: first.create });
    expect(cake.requests.filter(({ method }) => method === "POST")).toEqual([]);
  });
});
