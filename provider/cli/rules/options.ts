import { type Command, Option } from "commander";
import { type StackOptions, stackOptions } from "../input/stackSettings";

export interface Options extends StackOptions {
  readonly format: "pretty" | "json";
  readonly rules?: string;
}

/** Adds the argument and the options of the command. */
export function addOptions(command: Command): Command {
  return stackOptions(command)
    .argument("[rule]", "the ID or the name of a rule, such as P08 or unknown-macro (default: all rules)")
    .option(
      "--rules <file>",
      "a file with the JSON of cake:rules (default: that of the stack, or CAKE_RULES)",
    )
    .addOption(
      new Option("--format <format>", "how to print the report")
        .choices(["pretty", "json"])
        .default("pretty"),
    );
}
