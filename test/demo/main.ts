/** Shows the main job step by step, with the sandbox as CAKE: `npm run demo`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startSandbox } from "../../provider/sandbox";
import { engines } from "../stack/engines";
import { screen } from "./screen";
import { tellStory } from "./story";

const ROOT = resolve(__dirname, "../..");

async function main(): Promise<void> {
  const engine = engines.at(-1);
  if (!engine) throw new Error("There is no engine that can run a stack.");
  await using sandbox = await startSandbox({ instances: { cake: { postbacks: "network" } } });
  const cake = sandbox.instance();
  screen.title("pulumi-cake: CAKE affiliate postbacks as a Pulumi stack");
  console.log(`   Engine:  ${engine.name}`);
  console.log(
    `   CAKE:    a sandbox at ${cake.url} with the ${cake.postbacks().length} postbacks of a sample network`,
  );
  console.log("   Program: examples/quickstart/index.ts");

  const journal = mkdtempSync(join(tmpdir(), "pulumi-cake-demo-"));
  const env = { CAKE_API_KEY: cake.apiKey, CAKE_JOURNAL_DIR: journal };
  const stack = await engine.create({ stackName: "demo", workDir: ROOT, env });
  try {
    await stack.setConfig("cake:domain", { value: cake.url });
    await tellStory(stack, cake);
  } finally {
    await stack.dispose();
    rmSync(journal, { recursive: true, force: true });
  }
  screen.title(
    "Done. To do the same with your CAKE instance, follow the README. To write a program, start from examples/.",
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
