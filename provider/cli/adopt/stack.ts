import { type Stack, stackFrom } from "../inventory/stacks";
import { fileText } from "../io";
import type { ProviderInputs } from "./deployment";
import type { Options } from "./options";
import { Pulumi } from "./pulumi";

/** The name of the secret setting that the generated code reads. */
export const SECRETS = "postbackSecrets";

/** The stack that takes the postbacks over, as the CLI tells it, or an exported file. */
export interface Target {
  /** Undefined where there is none on the PATH. */
  readonly cli: Pulumi | undefined;
  /** Whether the CLI's import file can carry a state; without a CLI, whoever has one will see. */
  readonly canImport: boolean;
  /** The export of the stack. */
  readonly exported: string;
  readonly stack: Stack;
  /** The name of the stack, without its project; undefined where neither the user, nor the CLI, nor the state tells it. */
  readonly name: string | undefined;
  /** The stack's settings by their full names, such as `cake:domain`; empty where there is no CLI. */
  readonly settings: ProviderInputs;
}

/** Since this version an import file can carry the state of a resource, so that nothing has to be read. */
const IMPORTS_STATES = { major: 3, minor: 254 } as const;

/** Looks at the stack. Throws a message for people. */
export async function targetOf(
  folder: string,
  { stack: name, state, apply }: Options,
  env: NodeJS.ProcessEnv,
): Promise<Target> {
  const cli = new Pulumi(folder, name, env);
  const version = await cli.version();
  if (version === undefined && apply) throw new Error(NO_CLI_TO_APPLY);
  if (version === undefined && state === undefined) throw new Error(NO_CLI_NO_STATE);
  const exported = state === undefined ? await cli.exportState() : fileText(state);
  const stack = stackFrom(exported, state ?? "the stack");
  const told = name ?? nameIn(stack);
  if (version === undefined)
    return { cli: undefined, canImport: true, exported, stack, name: told, settings: {} };
  const settings = await cli.settings();
  return { cli, canImport: importsStates(version), exported, stack, name: await cli.stackName(), settings };
}

// Where it holds nothing, an export does not tell whose it is.
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

/** The secret configuration so far. Throws a message for people. */
export function secretsIn({ settings }: Target, project: string): Record<string, string> {
  const text = settings[`${project}:${SECRETS}`]?.value;
  if (text === undefined) return {};
  try {
    return JSON.parse(text) as Record<string, string>;
  } catch {
    throw new Error(`The setting ${SECRETS} of the stack should be a JSON object with a text for each name.`);
  }
}

const NO_CLI_TO_APPLY =
  "--apply needs the Pulumi CLI on the PATH. Without it, leave --apply out and give the stack's export with --state.";
const NO_CLI_NO_STATE =
  'The Pulumi CLI is not on the PATH. Give the state instead: "pulumi stack export > state.json" where it is, and --state state.json here.';
