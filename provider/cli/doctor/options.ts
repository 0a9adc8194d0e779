import { type Command, InvalidArgumentError, Option } from "commander";
import type { NamedSettings } from "../input/instance";
import { type StackOptions, stackOptions } from "../input/stackSettings";

export interface Options extends NamedSettings, StackOptions {
  readonly expectId: readonly number[];
  readonly format: "pretty" | "json";
  readonly discover?: boolean;
  readonly anonymize?: boolean;
}

/** Adds the options of the command. */
export function addOptions(command: Command): Command {
  return stackOptions(command)
    .option("--domain <host>", "the CAKE instance (default: CAKE_DOMAIN)")
    .option("--paths <paths>", "paths of assumed endpoints, like list=its/path (default: CAKE_PATHS)")
    .option(
      "--provider <name>",
      "an explicit provider, whose key is in CAKE_<NAME>_API_KEY (default: the default provider)",
    )
    .addOption(
      new Option("--expect-id <id...>", "IDs of postbacks that the list must show")
        .argParser(parseIds)
        .default([], "not checked"),
    )
    .option("--discover", "search for the list of postbacks, if its path is unknown (default: not searched)")
    .addOption(
      new Option("--format <format>", "how to print the report")
        .choices(["pretty", "json"])
        .default("pretty"),
    )
    .option(
      "--anonymize",
      "with --format json: a report to send, without hosts, keys, IDs and URLs (default: the complete report)",
    );
}

function parseIds(value: string, previous: readonly number[]): number[] {
  return [...previous, ...value.split(",").map(parseId)];
}

function parseId(value: string): number {
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new InvalidArgumentError("It must be an integer of at least 1.");
  return Number(value);
}
