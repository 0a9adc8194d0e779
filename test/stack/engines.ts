// The two ways to run a stack: the runner, always, and the real CLI wherever there is one. A test that runs on both
// says `describe.each(engines)("…", ({ create }) => …)`.
import { CliStack, cliIsOnPath } from "../runner/cli";
import { RunnerStack } from "../runner/index";
import type { CreateStackOptions, Stack } from "../runner/types";

export * from "../runner/types";

export interface Engine {
  name: "stack runner" | "pulumi CLI";
  create(options: CreateStackOptions): Promise<Stack>;
}

const runner: Engine = { name: "stack runner", create: (options) => RunnerStack.create(options) };
const cli: Engine = { name: "pulumi CLI", create: (options) => CliStack.create(options) };

const hasCli = cliIsOnPath();
if (!hasCli) console.log("pulumi is not on the PATH: stack tests run on the stack runner only");

export const engines: Engine[] = hasCli ? [runner, cli] : [runner];
