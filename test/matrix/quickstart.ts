/** Runs the quickstart of an installed project on this Node: up, up again, refresh, destroy. Used by the matrix. */
import { join } from "node:path";
import { startSandbox } from "../../provider/sandbox";
import { RunnerStack } from "../runner";

async function main(project: string): Promise<void> {
  await using sandbox = await startSandbox();
  const cake = sandbox.instance();
  const env = { CAKE_API_KEY: cake.apiKey, CAKE_JOURNAL_DIR: join(project, "notes") };
  const stack = await RunnerStack.create({ stackName: "matrix", workDir: project, env });
  try {
    await stack.setConfig("cake:domain", { value: cake.url });
    expectSummary("up", (await stack.up()).changeSummary, { create: 3 });
    cake.forgetRequests();
    expectSummary("second up", (await stack.up()).changeSummary, { same: 3 });
    if (cake.requests.length > 0) throw new Error("The second up called CAKE.");
    expectSummary("refresh", (await stack.refresh()).changeSummary, { same: 3 });
    expectSummary("destroy", (await stack.destroy()).changeSummary, { delete: 3 });
    const active = cake.postbacks().filter(({ postbackStatus }) => postbackStatus === "active");
    if (active.length > 0) throw new Error(`${active.length} postbacks are still active after destroy.`);
  } finally {
    await stack.dispose();
  }
}

function expectSummary(step: string, actual: Record<string, number>, expected: Record<string, number>): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`${step}: expected ${wanted}, found ${found}`);
}

main(process.argv[2] ?? "").catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
});
