import { Pulumi } from "../input/pulumi";
import { type Stack, stackFrom } from "../input/stacks";
import { readFile } from "../input/text";
import type { ProviderInputs } from "./deployment";
import { messages } from "./messages";
import type { Options } from "./options";

/** The stack that the postbacks go into, as the CLI or an exported file shows it. */
export interface Target {
  /** Undefined where there is none on the PATH. */
  readonly cli: Pulumi | undefined;
  /** Whether the CLI's import file can carry a state; without a CLI, whoever has one will see. */
  readonly canImport: boolean;
  /** The export of the stack. */
  readonly exported: string;
  readonly stack: Stack;
  /** The stack as the user names it; undefined where the selected one is meant. */
  readonly given: string | undefined;
  /** The name of the stack, without its project; undefined if neither the user, nor the CLI, nor the state names it. */
  readonly name: string | undefined;
  /** The stack's settings by their full names, such as `cake:domain`; empty where there is no CLI. */
  readonly settings: ProviderInputs;
}

/** Since this version an import file can carry the state of a resource, so that nothing has to be read. */
const IMPORTS_STATES = { major: 3, minor: 254 } as const;

/** Reads the stack. Throws a message for people. */
export async function targetOf(
  folder: string,
  { stack: given, state, apply }: Options,
  env: NodeJS.ProcessEnv,
): Promise<Target> {
  const cli = new Pulumi(folder, given, env);
  const version = await cli.version();
  if (version === undefined && apply) throw new Error(messages.applyWithoutCli);
  if (version === undefined && state === undefined) throw new Error(messages.noCliNoState(stackFlag(given)));
  const exported = state === undefined ? await cli.exportState() : readFile(state);
  const stack = stackFrom(exported, state ?? "the stack");
  const read = { given, exported, stack };
  if (version === undefined)
    return { ...read, cli: undefined, canImport: true, name: given ?? nameIn(stack), settings: {} };
  const [settings, name] = [await cli.settings(), await cli.stackName()];
  return { ...read, cli, canImport: importsStates(version), name, settings };
}

// An export without resources does not name its stack.
function nameIn({ name, file }: Stack): string | undefined {
  return name === file ? undefined : name.split("/").at(-1);
}

function importsStates([major, minor]: readonly [number, number, number]): boolean {
  return major > IMPORTS_STATES.major || (major === IMPORTS_STATES.major && minor >= IMPORTS_STATES.minor);
}

/** The stack's own settings of this package, in clear text. */
export function cakeSettings({ settings }: Target): ProviderInputs {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name.startsWith("cake:")));
}

/** What a Pulumi command needs behind it, so that it means the stack that the user named. */
export function stackFlag(given: string | undefined): string {
  return given === undefined ? "" : ` --stack ${given}`;
}
