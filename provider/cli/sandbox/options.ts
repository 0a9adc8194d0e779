import { type Command, InvalidArgumentError, Option } from "commander";
import { SAMPLE_NAMES, type SampleName } from "../../sandbox/index";

export const DEFAULT_NAME = "cake";
const DEFAULT_PORT = 8801;
const OPTIONAL_ENDPOINTS = ["list", "update"] as const;

export interface NamedInstance {
  readonly name: string;
  readonly port?: number;
}

export interface Options {
  readonly port: number;
  readonly instance: readonly NamedInstance[];
  readonly data: SampleName;
  readonly load?: string;
  readonly save?: string;
  readonly latency: number;
  readonly config?: string;
  readonly without: readonly (typeof OPTIONAL_ENDPOINTS)[number][];
}

/** Adds the options of the command. */
export function addOptions(command: Command): Command {
  return command
    .option(
      "--port <number>",
      "port of the first instance; the others follow; 0 takes any free port",
      parsePort,
      DEFAULT_PORT,
    )
    .addOption(
      new Option("--instance <name[:port]>", "emulate an instance of this name; repeat it for more")
        .argParser(parseInstance)
        .default([], `one named ${DEFAULT_NAME}`),
    )
    .addOption(new Option("--data <sample>", "sample postbacks").choices(SAMPLE_NAMES).default("network"))
    .option("--load <file>", "start with a saved sandbox (default: start with --data)")
    .option("--save <file>", "save postbacks after each change, without API keys (default: forget them)")
    .option("--latency <ms>", "delay of every response in milliseconds", parseInteger, 0)
    .addOption(
      new Option("--without <endpoint...>", "emulate a CAKE instance without this endpoint")
        .choices(OPTIONAL_ENDPOINTS)
        .default([], "all endpoints"),
    )
    .option("--config <file>", "behaviour and faults of every instance, as JSON (default: no faults)");
}

function parseInstance(value: string, previous: readonly NamedInstance[]): NamedInstance[] {
  const [, name, port] = /^([a-z][\w-]*)(?::(\d+))?$/i.exec(value) ?? [];
  if (name === undefined) throw new InvalidArgumentError("It must be a name such as eu, or eu:8802.");
  if (previous.some((other) => other.name === name))
    throw new InvalidArgumentError("This name is used twice.");
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
