import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { CodedError } from "../../message";
import {
  type InstanceOptions,
  loadConfig,
  type SandboxConfig,
  type SandboxInstance,
  savedInstances,
  startSandbox,
} from "../../sandbox/index";
import { keyVariableOf, settings } from "../../settings/settings";
import { setVariable } from "../../shellCommand";
import { complete, type ExitCode } from "../command";
import { colors } from "../output/colors";
import { plural } from "../output/text";
import { STOP_SIGNALS } from "../stopSignals";
import { HELP } from "./help";
import { messages } from "./messages";
import { addOptions, DEFAULT_NAME, type NamedInstance, type Options } from "./options";

export function define(command: Command): Command {
  return complete(addOptions(command), HELP, run);
}

async function run(options: Options): Promise<ExitCode> {
  const { load, save, latency, without } = options;
  refuseToOverwrite(save, load);
  const config = options.config === undefined ? {} : await loadConfig(options.config);
  const sandbox = await startSandbox({
    instances: instancesOf(options, load === undefined ? [] : await savedInstances(load)),
    ...(load === undefined ? {} : { load }),
    ...(save === undefined ? {} : { save }),
    onSaveFailed: (error) => console.error(colors.red(String(error))),
  });
  for (const instance of sandbox.instances) {
    instance.behave({ latencyMs: latency });
    for (const endpoint of without) instance.behave({ [endpoint]: "missing" });
    configure(instance, config);
  }
  // The user may stop the sandbox as soon as the last line is printed.
  const stopped = Promise.race(STOP_SIGNALS.map((signal) => once(process, signal)));
  console.log(
    sandbox.instances.map((instance) => formatInstance(instance, sandbox.instances.length)).join("\n"),
  );
  console.log(stopHint(save));
  await stopped;
  await sandbox.close();
  return 0;
}

function configure(instance: SandboxInstance, { behaviour = {}, faults = [] }: SandboxConfig): void {
  instance.behave(behaviour);
  for (const plan of faults) instance.injectFault(plan);
}

/** Without this, a forgotten --load would replace saved postbacks with sample data. */
function refuseToOverwrite(save: string | undefined, load: string | undefined): void {
  if (save === undefined || !existsSync(save)) return;
  if (load !== undefined && resolve(load) === resolve(save)) return;
  throw new CodedError(messages.saveExists(save));
}

/** The instances by name: those of the command line first, then those that only the saved file knows. */
function instancesOf(options: Options, saved: readonly string[]): Record<string, InstanceOptions> {
  const { instance, port, data } = options;
  const unnamed = saved.filter((name) => instance.every((other) => other.name !== name));
  const all: NamedInstance[] = [...instance, ...unnamed.map((name) => ({ name }))];
  if (all.length === 0) all.push({ name: DEFAULT_NAME });
  return Object.fromEntries(
    all.map((one, index) => [
      one.name,
      {
        postbacks: data,
        port: one.port ?? (port === 0 ? 0 : port + index),
        ...keyOf(one.name, all.length),
      },
    ]),
  );
}

function keyOf(name: string, instances: number): { apiKey?: string } {
  const variable = keyVariables(name, instances).find((candidate) => process.env[candidate]);
  const apiKey = variable && process.env[variable];
  return apiKey ? { apiKey } : {};
}

/** The variables that a stack takes the key from. Only a single instance stands for the default provider. */
function keyVariables(name: string, instances: number): string[] {
  const own = keyVariableOf(name);
  return instances === 1 ? [settings.apiKey.variable, own] : [own];
}

function formatInstance(instance: SandboxInstance, instances: number): string {
  const { name, url, apiKey } = instance;
  const variables = keyVariables(name, instances);
  const given = variables.find((candidate) => process.env[candidate] === apiKey);
  const domain =
    instances === 1
      ? `pulumi config set cake:domain ${url}`
      : `the argument domain of the provider "${name}": ${url}`;
  return [
    `${colors.bold(name)}  ${url}/  ${plural(instance.postbacks().length, "postback")}`,
    `  ${domain}`,
    given === undefined
      ? `  ${setVariable(variables[0] ?? "", apiKey)}`
      : `  ${colors.dim(`API key: from ${given}`)}`,
    "",
  ].join("\n");
}

function stopHint(save: string | undefined): string {
  const end =
    save === undefined ? "forgets all changes (--save <file> keeps them)" : `saves the postbacks in ${save}`;
  return `Ctrl-C stops the sandbox and ${end}.`;
}
