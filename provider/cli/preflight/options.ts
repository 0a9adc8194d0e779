import { type Command, InvalidArgumentError, Option } from "commander";
import { hostOf } from "../input/instance";

export interface Options {
  readonly domain?: string;
  readonly format: "pretty" | "json";
}

/** Adds the argument and the options of the command. */
export function addOptions(command: Command): Command {
  return command
    .argument("[export]", 'the output of "pulumi stack export" in a file (default: standard input)')
    .option(
      "--domain <host>",
      "the CAKE instance of the default provider (default: CAKE_DOMAIN, else as the last run saved)",
      parseDomain,
    )
    .addOption(
      new Option("--format <format>", "how to print the report")
        .choices(["pretty", "json"])
        .default("pretty"),
    );
}

function parseDomain(value: string): string {
  try {
    return hostOf(value) ?? value;
  } catch {
    throw new InvalidArgumentError("It must be a host or a URL.");
  }
}
