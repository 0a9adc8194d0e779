import { join } from "node:path";
import { startSandbox } from "../../provider/sandbox";
import type { Engine } from "../stack/engines";

/**
 * Runs the quickstart of an installed project against an emulated CAKE: up, a second up without a call, refresh, destroy.
 *
 * @param report Receives a line for each step.
 * @throws If a step does anything else.
 */
export async function runQuickstart(
  project: string,
  { name, create }: Engine,
  report: (line: string) => void = () => undefined,
): Promise<void> {
  await using sandbox = await startSandbox();
  const cake = sandbox.instance();
  const env = {
    CAKE_API_KEY: cake.apiKey,
    CAKE_JOURNAL_DIR: join(project, "notes"),
    // The types have been checked already.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
  const stack = await create({ stackName: name.replaceAll(" ", "-"), workDir: project, env });
  const step = async (
    title: string,
    run: () => Promise<Summary>,
    expected: Readonly<Record<string, number>>,
  ) => {
    cake.forgetRequests();
    const { changeSummary } = await run();
    const [found, wanted] = [changeSummary, expected].map((one) => JSON.stringify(one));
    if (found !== wanted) throw new Error(`${title} did ${found}, not ${wanted}.`);
    report(`${title}: ${formatSummary(changeSummary)}, ${cake.requests.length} calls to CAKE`);
  };
  try {
    await stack.setConfig("cake:domain", { value: cake.url });
    await step("up", () => stack.up(), { create: 3 });
    await step("second up", () => stack.up(), { same: 3 });
    if (cake.requests.length > 0) throw new Error("The second up called CAKE, and nothing had changed.");
    await step("refresh", () => stack.refresh(), { same: 3 });
    await step("destroy", () => stack.destroy(), { delete: 3 });
    const statuses = cake.postbacks().map(({ postbackStatus }) => postbackStatus);
    if (statuses.join() !== "inactive,inactive")
      throw new Error(`After destroy, CAKE has ${statuses.join(" and ")} postbacks, not two inactive ones.`);
  } finally {
    await stack.dispose();
  }
}

interface Summary {
  readonly changeSummary: Readonly<Record<string, number>>;
}

function formatSummary(summary: Summary["changeSummary"]): string {
  return Object.entries(summary)
    .map(([operation, count]) => `${operation} ${count}`)
    .join(", ");
}
