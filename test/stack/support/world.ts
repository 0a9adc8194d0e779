import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type InstanceOptions, type Sandbox, type SandboxInstance, startSandbox } from "pulumi-cake/sandbox";
import type { ConfigMap, Engine, Stack } from "../engines";

// What a developer or a build has set for themselves must decide nothing here.
for (const name of Object.keys(process.env)) if (name.startsWith("CAKE_")) delete process.env[name];

/** One stack, and the CAKE that it works on. */
export interface World extends AsyncDisposable {
  readonly stack: Stack;
  /** The first instance, which is the only one unless several were asked for. */
  readonly cake: SandboxInstance;
  readonly sandbox: Sandbox;
}

export interface WorldOptions {
  /** The folder of Pulumi.yaml. */
  workDir: string;
  /** Settings on top of address and key of the first instance; `false` for none at all. */
  config?: ConfigMap | false;
  env?: Record<string, string>;
  /** The instances of CAKE. @default one, empty */
  instances?: Record<string, InstanceOptions>;
}

export async function openWorld({ create }: Engine, options: WorldOptions): Promise<World> {
  const { workDir, config = {}, env, instances = { cake: {} } } = options;
  const sandbox = await startSandbox({ instances });
  const cake = sandbox.instance();
  const notes = mkdtempSync(join(tmpdir(), "cake-notes-"));
  const stack = await create({
    stackName: "dev",
    workDir,
    // Types are checked where a test asks for it: doing so at each step would double the time of a step.
    env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true", NO_PROXY: "127.0.0.1", CAKE_INTENTS_DIR: notes, ...env },
  });
  if (config) await stack.setAllConfig({ ...settingsFor(cake), ...config });
  return {
    stack,
    cake,
    sandbox,
    async [Symbol.asyncDispose]() {
      await stack.dispose();
      await sandbox.close();
      rmSync(notes, { recursive: true, force: true });
    },
  };
}

function settingsFor({ url, apiKey }: SandboxInstance): ConfigMap {
  return { "cake:domain": { value: url }, "cake:apiKey": { value: apiKey, secret: true } };
}
