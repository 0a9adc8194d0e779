import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type InstanceOptions,
  loadConfig,
  SAMPLE_NAMES,
  type SampleName,
  type SandboxConfig,
  type SandboxInstance,
  savedInstances,
  startSandbox,
} from "../../sandbox/index";
import { keyVariableOf, settings } from "../../settings/settings";
import { complete, type ExitCode } from "../command";
import { colors } from "../output/colors";
import { HELP } from "./help";

const DEFAULT_NAME = "cake";
const DEFAULT_PORT = 8801;
const OPTIONAL_ENDPOINTS = ["list", "update"] as const;

interface NamedInstance {
  readonly name: string;
  readonly port?: number;
}

interface Options {
  readonly port: number;
  readonly instance: readonly NamedInstance[];
  readonly data: SampleName;
  readonly load?: string;
  readonly save?: string;
  readonly latency: number;
  readonly config?: string;
  readonly without: readonly (typeof OPTIONAL_ENDPOINTS)[number][];
}

export function define(command: Command): Command {
  const withOptions = command
    .option(
      "--port <number>",
      "port of the first instance, the others follow; 0 is any",
      parsePort,
      DEFAULT_PORT,
    )
    .addOption(instanceOption())
    .addOption(new Option("--data <sample>", "the first postbacks").choices(SAMPLE_NAMES).default("network"))
    .option("--load <file>", "start with the instances and postbacks of a saved sandbox")
    .option("--save <file>", "save after changes and at the end, without API keys")
    .option("--latency <ms>", "how long every answer takes", parseInteger, 0)
    .addOption(withoutOption())
    .option("--config <file>", "JSON file with the behaviour and faults of every instance");
  return complete(withOptions, HELP, run);
}

function instanceOption(): Option {
  return new Option("--instance <name[:port]>", "an instance of CAKE; repeat it for more")
    .argParser(parseInstance)
    .default([], DEFAULT_NAME);
}

function withoutOption(): Option {
  return new Option("--without <endpoint...>", "emulate a CAKE instance without this endpoint")
    .choices(OPTIONAL_ENDPOINTS)
    .default([], "none");
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
  // Whoever reads the farewell may stop the sandbox at once.
  const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
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

/** A forgotten --load would otherwise replace yesterday's postbacks with a sample. */
function refuseToOverwrite(save: string | undefined, load: string | undefined): void {
  if (save === undefined || !existsSync(save)) return;
  if (load !== undefined && resolve(load) === resolve(save)) return;
  throw new Error(`${save} exists. Add --load ${save} to go on from it, or save in another file.`);
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
      : `new Provider("${name}", { domain: "${url}", … })`;
  return [
    `${colors.bold(name)}  ${url}/  ${counted(instance)}`,
    `  ${domain}`,
    given === undefined
      ? `  export ${variables[0]}=${apiKey}`
      : `  ${colors.dim(`its API key is the one in ${given}`)}`,
    "",
  ].join("\n");
}

function counted(instance: SandboxInstance): string {
  const count = instance.postbacks().length;
  return count === 1 ? "1 postback" : `${count} postbacks`;
}

function stopHint(save: string | undefined): string {
  const end =
    save === undefined ? "forgets every change (--save FILE keeps them)" : `saves the postbacks in ${save}`;
  return `Ctrl-C stops the sandbox and ${end}.`;
}

function parseInstance(value: string, previous: readonly NamedInstance[]): NamedInstance[] {
  const [, name, port] = /^([a-z][\w-]*)(?::(\d+))?$/i.exec(value) ?? [];
  if (name === undefined) throw new InvalidArgumentError("It should be a name such as eu, or eu:8802.");
  if (previous.some((other) => other.name === name)) throw new InvalidArgumentError("That name is taken.");
  return [...previous, port === undefined ? { name } : { name, port: parsePort(port) }];
}

function parsePort(value: string): number {
  const port = parseInteger(value);
  if (port > 65_535) throw new InvalidArgumentError("A port is at most 65535.");
  return port;
}

function parseInteger(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("It must be an integer, such as 8801.");
  return Number(value);
}
