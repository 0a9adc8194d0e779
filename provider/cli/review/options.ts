import { type Command, InvalidArgumentError, Option } from "commander";

export const FORMATS = ["markdown", "json"] as const;
export const WORK_LIST_FORMATS = ["pretty", "csv", "ids"] as const;
type Format = (typeof FORMATS)[number];
type WorkListFormat = (typeof WORK_LIST_FORMATS)[number];

export interface Options {
  readonly format?: Format | WorkListFormat;
  readonly workList?: boolean;
  readonly base?: string;
  readonly head?: string;
  readonly rules?: string;
  readonly domain?: string;
  readonly failOn: "error" | "warning";
  readonly maxChanges: number;
  readonly maxDeactivations: number;
  readonly allowChanges?: number;
  readonly output?: string;
}

/** Adds the argument and the options of the command. */
export function addOptions(command: Command): Command {
  return command
    .argument("[preview]", 'a file with the output of "pulumi preview --json" (default: standard input)')
    .option("--base <file>", "the preview of the base, made in an empty stack; needs --head")
    .option("--head <file>", "the preview of the head, made in an empty stack; needs --base")
    .option(
      "--rules <file>",
      "a file with the JSON of cake:rules (default: cake:rules of the preview, or CAKE_RULES)",
    )
    .option("--domain <host>", "the CAKE instance, if the preview does not name it (default: CAKE_DOMAIN)")
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 if a rule of this severity or above is newly broken")
        .choices(["error", "warning"])
        .default("error"),
    )
    .option("--max-changes <n>", "exit with 1 if more postbacks change", parseCount, 100)
    .option("--max-deactivations <n>", "exit with 1 if more are deactivated or replaced", parseCount, 25)
    .option("--allow-changes <n>", "approved number of changes (replaces both limits)", parseCount)
    .addOption(
      new Option("--format <format>", "how to print it (default: markdown; for --work-list: pretty)").choices(
        [...FORMATS, ...WORK_LIST_FORMATS],
      ),
    )
    .option("--output <file>", "write to this file (default: standard output)")
    .option("--work-list", "print the edits to make by hand in CAKE: pretty, csv or ids");
}

function parseCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("It must be an integer, such as 300.");
  return Number(value);
}
