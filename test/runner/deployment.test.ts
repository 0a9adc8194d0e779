import { afterAll, describe, expect, it } from "vitest";
import { CliStack, findCli } from "../stack/support/cli";
import { readFixture, recordsAnew, writeFixture } from "./agreement/fixtures";
import { type CreateStack, passphrase, program } from "./agreement/recording";
import { type Spec, World } from "./agreement/spec";
import { RunnerStack } from "./index";
import type { Deployment, Stack } from "./types";
import type { JsonObject } from "./wire";

const spec: Spec = {
  resources: [
    { name: "a", props: { value: 1, token: { $secret: "t" }, nested: { deep: [{ $secret: { x: 1 } }] } } },
    {
      kind: "provider",
      name: "p",
      props: { "recorded:flavour": "vanilla", "recorded:key": { $secret: "k" } },
    },
    { kind: "group", name: "g" },
    { name: "b", props: { value: { $out: "a" } }, opts: { provider: "p", parent: "g" } },
  ],
  outputs: { token: { $secret: "t" }, of: { $out: "b" } },
};
const config = { "recorded:flavour": { value: "sweet", secret: true } };
const outputs = { token: { value: "t", secret: true }, of: { value: '"1!"!', secret: false } };

const world = new World();
const stacks: Stack[] = [];
afterAll(async () => {
  for (const stack of stacks) await stack.dispose();
  world.dispose();
});

async function createWith(create: CreateStack): Promise<Stack> {
  const env = { RECORDED_WORLD: world.folder, RECORDED_SPEC: JSON.stringify(spec) };
  const stack = await create({ stackName: "dev", workDir: program, env, passphrase });
  stacks.push(stack);
  await stack.setAllConfig(config);
  return stack;
}

const onRunner: CreateStack = (options) => RunnerStack.create(options);
const onCli: CreateStack = (options) => CliStack.create(options);
const unchanged = { same: 5 };

/** Positions in the source say where on a machine the recording was made. */
function withoutPositions({ version, deployment }: Deployment): Deployment {
  const resources = deployment.resources as JsonObject[];
  return {
    version,
    deployment: {
      ...deployment,
      resources: resources.map(({ sourcePosition: _position, stackTrace: _trace, ...rest }) => rest),
    },
  };
}

describe.runIf(recordsAnew)("recording", () => {
  it("a deployment of the real CLI", async () => {
    const stack = await createWith(onCli);
    await stack.up();
    writeFixture("deployment", withoutPositions(await stack.exportStack()));
  }, 180_000);
});

describe.skipIf(recordsAnew)("a deployment moves between the engines", () => {
  it("the runner goes on where the real CLI stopped", async () => {
    const stack = await createWith(onRunner);
    await stack.importStack(readFixture("deployment") as Deployment);
    expect(await stack.outputs()).toEqual(outputs);
    expect((await stack.preview()).changeSummary).toEqual(unchanged);
  });

  it.runIf(findCli())(
    "the real CLI goes on where the runner stopped",
    async () => {
      const runner = await createWith(onRunner);
      await runner.up();
      const cli = await createWith(onCli);
      await cli.importStack(await runner.exportStack());
      expect(await cli.outputs()).toEqual(outputs);
      expect((await cli.preview()).changeSummary).toEqual(unchanged);
    },
    180_000,
  );

  it("secrets in plain text, as `--show-secrets` exports them, are encrypted at once", async () => {
    const stack = await createWith(onRunner);
    const plain = {
      urn: "urn:pulumi:dev::recorded::pulumi:pulumi:Stack::recorded-dev",
      custom: false,
      type: "pulumi:pulumi:Stack",
      outputs: {
        token: {
          "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
          plaintext: '"visible"',
        },
      },
    };
    await stack.importStack({ version: 3, deployment: { resources: [plain] } });
    expect(JSON.stringify(await stack.exportStack())).not.toContain("visible");
    expect(await stack.outputs()).toEqual({ token: { value: "visible", secret: true } });
  });

  it("what the runner does not know in a state is refused by name", async () => {
    const stack = await createWith(onRunner);
    const view = {
      urn: "urn:pulumi:dev::recorded::a:b:C::x",
      custom: true,
      type: "a:b:C",
      id: "1",
      viewOf: "y",
    };
    await expect(stack.importStack({ version: 3, deployment: { resources: [view] } })).rejects.toThrow(
      "viewOf",
    );
  });
});
