import { execSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { InstanceOptions, SandboxInstance } from "../../provider/sandbox";
import { sampled } from "../long";
import type { ConfigMap } from "../runner";
import { openWorld } from "../runner/world";
import { copyOf, newFromStarter, repository } from "../stack/support/places";
import { installForExamples, pack } from "./installed";
import { TypeChecker } from "./typeChecker";

/** What an example needs beside an empty CAKE and its address. */
interface Needs {
  /** @default "dev" */
  readonly stackName?: string;
  readonly instances?: Record<string, InstanceOptions>;
  readonly config?: (instance: (name: string) => SandboxInstance) => ConfigMap;
}

const NEEDS: Readonly<Record<string, Needs>> = {
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

/** Examples that are not run by an `up` of their own. */
const NO_UP = new Set([
  // Its postbacks come into the state by `pulumi import`, which is the CLI's: two of them are equal, and never created.
  "adopt-existing",
  // It judges other stacks, as test/stack/policyPack.test.ts shows.
  "policy-pack",
]);

const programs = readdirSync(join(repository, "examples")).filter((name) =>
  existsSync(join(repository, "examples", name, "index.ts")),
);

const tarball = pack();
const packages = join(installForExamples(tarball, programs), "node_modules");
const origin = { examples: join(packages, "pulumi-cake", "examples"), packages };
const copies: string[] = [];
afterAll(() => {
  for (const folder of [...copies, join(packages, ".."), join(tarball, "..")])
    rmSync(folder, { recursive: true, force: true });
});

/** An example as a user has it who copies it out of the installed package. */
function copied(name: string): string {
  const copy = name === "starter" ? newFromStarter("our-postbacks", origin) : copyOf(name, undefined, origin);
  copies.push(copy);
  return copy;
}

describe("an example copied out of the packed package", () => {
  const types = new TypeChecker();
  it.each(programs)("type-checks with what it asks for, and keeps its packages out of git: %s", (name) => {
    const copy = copied(name);
    expect(types.mistakesIn(copy)).toBe("");
    // What every package manager runs after an installation, and after the next.
    const { scripts } = JSON.parse(readFileSync(join(copy, "package.json"), "utf8"));
    for (const _again of [1, 2]) execSync(scripts.postinstall, { cwd: copy });
    expect(readFileSync(join(copy, ".gitignore"), "utf8")).toContain("node_modules/");
  });

  const withUp = sampled(
    programs.filter((name) => !NO_UP.has(name)),
    2,
  );
  it.each(withUp)("comes up, and a second up changes nothing and sends nothing: %s", async (name) => {
    const needs = NEEDS[name] ?? {};
    const { config = () => ({}) } = needs;
    await using world = await openWorld(copied(name), needs);
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
