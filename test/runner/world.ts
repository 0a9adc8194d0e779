import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type InstanceOptions, type SandboxInstance, startSandbox } from "../../provider/sandbox";
import { JOURNAL } from "../engine/postbacks";
import { RunnerStack } from "./stack";

export interface World extends AsyncDisposable {
  readonly stack: RunnerStack;
  /** The first instance of CAKE, to which the stack's settings lead. */
  readonly cake: SandboxInstance;
  instance(name: string): SandboxInstance;
}

export interface WorldOptions {
  /** @default one, empty */
  readonly instances?: Record<string, InstanceOptions>;
  readonly stackName?: string;
}

/** A stack on the runner, and the CAKE that it works on. */
export async function openWorld(
  workDir: string,
  { instances = { cake: {} }, stackName = "dev" }: WorldOptions = {},
): Promise<World> {
  const sandbox = await startSandbox({ instances });
  const cake = sandbox.instance();
  const journal = mkdtempSync(join(tmpdir(), "cake-runner-"));
  const env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true", NO_PROXY: "127.0.0.1", [JOURNAL]: journal };
  const stack = await RunnerStack.create({ stackName, workDir, env });
  await stack.setConfig("cake:domain", { value: cake.url });
  await stack.setConfig("cake:apiKey", { value: cake.apiKey, secret: true });
  return {
    ...{ stack, cake, instance: (name) => sandbox.instance(name) },
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      rmSync(journal, { recursive: true, force: true });
    },
  };
}
