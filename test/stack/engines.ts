// The two ways to run a stack, for what is shown on each: the stack runner, always, and the real CLI where there is one.
import { RunnerStack } from "../runner/index";
import type { CreateStackOptions, Stack } from "../runner/types";
import { CliStack, findCli } from "./support/cli";

export * from "../runner/types";

export interface Engine {
  name: "stack runner" | "pulumi CLI";
  create(options: CreateStackOptions): Promise<Stack>;
}

/** Needs no CLI. */
export const runner: Engine = { name: "stack runner", create: (options) => RunnerStack.create(options) };
const cli: Engine = { name: "pulumi CLI", create: (options) => CliStack.create(options) };

export const engines: Engine[] = findCli() ? [runner, cli] : [runner];
