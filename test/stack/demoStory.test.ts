import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "pulumi-cake/sandbox";
import { describe, expect, it } from "vitest";
import { JOURNAL } from "../engine/postbacks";
import { type OperationResult, RunnerStack, type Stack } from "../runner";
import { CliStack, findCli } from "./support/cli";
import { repository } from "./support/places";

interface Told {
  readonly did: Record<string, number>;
  readonly calls: string[];
}

/** The demo's story on one engine: what each step did, and what CAKE was asked for it. */
async function tell(create: (env: Record<string, string>) => Promise<Stack>): Promise<Told[]> {
  await using sandbox = await startSandbox({ instances: { cake: { postbacks: "network" } } });
  const cake = sandbox.instance();
  const journal = mkdtempSync(join(tmpdir(), "cake-story-"));
  const env = { CAKE_API_KEY: cake.apiKey, PULUMI_NODEJS_TRANSPILE_ONLY: "true", [JOURNAL]: journal };
  const stack = await create(env);
  const story: Told[] = [];
  const step = async (run: () => Promise<OperationResult>) => {
    cake.forgetRequests();
    const { changeSummary } = await run();
    story.push({
      did: changeSummary,
      calls: cake.requests.map(({ method, path }) => `${method} ${path}`).sort(),
    });
  };
  try {
    await stack.setConfig("cake:domain", { value: cake.url });
    await step(() => stack.preview());
    await step(() => stack.up());
    await step(() => stack.up());
    cake.edit(cake.lastId, { postbackUrl: "https://track.acme-media.example/postback?cid=#s1#" });
    await step(() => stack.refresh());
    await step(() => stack.preview());
    await step(() => stack.up());
    await step(() => stack.destroy());
    return story;
  } finally {
    await stack.dispose();
    rmSync(journal, { recursive: true, force: true });
  }
}

describe.runIf(findCli())("the demo's story", () => {
  it("does the same and asks CAKE the same on the stack runner as on the Pulumi CLI", async () => {
    const options = { stackName: "demo", workDir: repository };
    const runner = await tell((env) => RunnerStack.create({ ...options, env }));
    const cli = await tell((env) => CliStack.create({ ...options, env }));
    expect(runner).toEqual(cli);
  });
});
