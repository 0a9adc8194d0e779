import { CodedError } from "../../message";
import { quoteArgument } from "../../shellCommand";
import { Pulumi, type StackConfig } from "../input/pulumi";
import { parseStack, type Stack } from "../input/stacks";
import { readFile } from "../input/text";
import { messages } from "./messages";
import type { Options } from "./options";

/** The stack that the postbacks go into, as the CLI or an exported file shows it. */
export interface Target {
  /** Undefined where there is none on the PATH. */
  readonly cli: Pulumi | undefined;
  readonly stack: Stack;
  /** The stack as the user names it; undefined where the selected one is meant. */
  readonly given: string | undefined;
  /** The stack's settings, in clear text; empty where there is no CLI. */
  readonly settings: StackConfig;
}

/** Reads the stack. Throws a message for people. */
export async function targetOf(
  folder: string,
  { stack: given, state, apply }: Options,
  env: NodeJS.ProcessEnv,
): Promise<Target> {
  const cli = new Pulumi(folder, given, env);
  const version = await cli.version();
  if (version === undefined && apply) throw new CodedError(messages.applyWithoutCli());
  if (version === undefined && state === undefined)
    throw new CodedError(messages.stateNeeded(stackFlag(given)));
  if (version !== undefined && !importsStates(version))
    throw new CodedError(messages.cliTooOld(version.join(".")));
  const exported = state === undefined ? await cli.exportState() : readFile(state);
  const stack = parseStack(exported, state ?? "the stack");
  if (version === undefined) return { given, stack, cli: undefined, settings: {} };
  return { given, stack, cli, settings: await cli.settings() };
}

// Before, an import file could not carry the state of a resource, and a dynamic resource cannot be read by ID.
function importsStates([major, minor]: readonly [number, number, number]): boolean {
  return major > 3 || (major === 3 && minor >= 254);
}

/** What a Pulumi command needs behind it, so that it means the stack that the user named. */
export function stackFlag(given: string | undefined): string {
  return given === undefined ? "" : ` --stack ${quoteArgument(given)}`;
}
