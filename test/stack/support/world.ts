import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type InstanceOptions, type Sandbox, type SandboxInstance, startSandbox } from "pulumi-cake/sandbox";
import { describe } from "vitest";
import { CliStack, type ConfigMap, findCli, findYamlHost } from "./cli";
import { onPath } from "./plugin";

// What a developer or a build has set for themselves must decide nothing here.
for (const name of Object.keys(process.env)) if (name.startsWith("CAKE_")) delete process.env[name];

/** Tests that need the Pulumi CLI. */
export const withCli: ReturnType<typeof describe.runIf> = describe.runIf(findCli());

/** Tests that need it with the language host for programs in YAML. */
export const withYaml: ReturnType<typeof describe.runIf> = describe.runIf(findYamlHost());

/** One stack, and the CAKE that it works on. */
export interface World extends AsyncDisposable {
  readonly stack: CliStack;
  /** The first instance, which is the only one unless several were asked for. */
  readonly cake: SandboxInstance;
  readonly sandbox: Sandbox;
  /** The journal's folder, as of one machine. */
  readonly journal: string;
}

export interface WorldOptions {
  /** The folder of Pulumi.yaml. */
  workDir: string;
  stackName?: string;
  /** Settings on top of address and key of the first instance; `false` for none at all. */
  config?: ConfigMap | false;
  env?: Record<string, string>;
  /** A folder in which the engine finds the plugin, as on a user's PATH. {@link pluginFolder} makes one. */
  plugin?: string;
  /** The instances of CAKE. @default one, empty */
  instances?: Record<string, InstanceOptions>;
  /** Another stack of this machine: the new one works on the same CAKE. Dispose of it first. */
  beside?: World;
}

export async function openWorld(options: WorldOptions): Promise<World> {
  const { workDir, stackName = "dev", config = {}, instances = { cake: {} }, beside } = options;
  const sandbox = beside?.sandbox ?? (await startSandbox({ instances }));
  const cake = sandbox.instance();
  const journal = beside?.journal ?? mkdtempSync(join(tmpdir(), "cake-journal-"));
  const env = {
    // Types are checked where a test asks for it: doing so at each step would double the time of a step.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    NO_PROXY: "127.0.0.1",
    CAKE_JOURNAL_DIR: journal,
    ...(options.plugin && onPath(options.plugin)),
    ...options.env,
  };
  const stack = await CliStack.create({ stackName, workDir, env });
  if (config) await stack.setAllConfig({ ...settingsFor(cake), ...config });
  return {
    stack,
    cake,
    sandbox,
    journal,
    async [Symbol.asyncDispose]() {
      await stack.dispose();
      if (beside !== undefined) return;
      await sandbox.close();
      rmSync(journal, { recursive: true, force: true });
    },
  };
}

function settingsFor({ url, apiKey }: SandboxInstance): ConfigMap {
  return { "cake:domain": { value: url }, "cake:apiKey": { value: apiKey, secret: true } };
}
