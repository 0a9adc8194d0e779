import { type Command, Option } from "commander";
import { type StackOptions, stackOptions } from "../input/stackSettings";

export interface Options extends StackOptions {
  readonly format: "pretty" | "json" | "sarif" | "github";
  readonly failOn: "error" | "warning";
  readonly rules?: string;
  readonly live?: boolean;
  readonly strict?: boolean;
  readonly domain?: string;
}

/** Adds the argument and the options of the command. */
export function addOptions(command: Command): Command {
  return stackOptions(command)
    .argument("[sources...]", 'previews, exports, CSV files and URLs; "-" is standard input (default: -)')
    .option("--live", "check the live postbacks of the CAKE instance, too")
    .option(
      "--rules <file>",
      "a file with the JSON of cake:rules (default: those of the preview or stack, or CAKE_RULES)",
    )
    .option("--domain <host>", "the CAKE instance (default: CAKE_DOMAIN)")
    .addOption(
      new Option("--format <format>", "how to print the report")
        .choices(["pretty", "json", "sarif", "github"])
        .default("pretty"),
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 from this severity up")
        .choices(["error", "warning"])
        .default("error"),
    )
    .option("--strict", "exit with 2 if a URL is secret or unknown");
}
