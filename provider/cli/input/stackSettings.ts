import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { CodedError } from "../../message";
import type { Environment, SavedSettings } from "./instance";
import { messages } from "./messages";
import { Pulumi } from "./pulumi";

/** The stack whose configuration names the instance, the rules and the key. */
export interface StackOptions {
  readonly stack?: string;
  readonly cwd: string;
}

/** Adds the options that name a stack. */
export function stackOptions(command: Command): Command {
  return command
    .option("--stack <name>", "take settings and API key from this stack (default: the environment)")
    .option("--cwd <directory>", "the directory of Pulumi.yaml, for --stack", ".");
}

/** The settings of the stack that is named, by the Pulumi CLI; none where none is named. Throws a message for people. */
export async function stackSettings({ stack, cwd }: StackOptions, env: Environment): Promise<SavedSettings> {
  if (stack === undefined) return {};
  const folder = resolve(cwd);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new CodedError(messages.cwdNotDirectory(folder));
  const cli = new Pulumi(folder, stack, env);
  if ((await cli.version()) === undefined) throw new CodedError(messages.pulumiMissing());
  const all = Object.entries(await cli.settings());
  return Object.fromEntries(all.filter(([name]) => name.startsWith("cake:")));
}
