import { type Command, InvalidArgumentError, Option } from "commander";
import { POSTBACK_STATUSES, type PostbackStatus } from "../../postback/postback";
import { LAYOUTS, type Layout } from "./code/program";

export interface Options {
  readonly cwd: string;
  readonly stack?: string;
  readonly domain?: string;
  readonly affiliate: readonly number[];
  readonly offer: readonly number[];
  readonly host: readonly string[];
  readonly status?: PostbackStatus;
  readonly ids?: string;
  readonly managedBy: readonly string[];
  readonly layout?: Layout;
  readonly partners?: string;
  readonly outDir: string;
  readonly state?: string;
  readonly apply?: true;
  readonly dryRun?: true;
  readonly allowPartial?: true;
  readonly format: "pretty" | "json";
}

/** Adds the options of the command. */
export function addOptions(command: Command): Command {
  return command
    .option("--cwd <directory>", "the directory of Pulumi.yaml", ".")
    .option("--stack <name>", "the stack (default: the selected one)")
    .option("--domain <host>", "the CAKE instance (default: the stack's cake:domain, or CAKE_DOMAIN)")
    .addOption(list("--affiliate <ids>", "only these affiliates, comma-separated", "all affiliates", ids))
    .addOption(list("--offer <ids>", "only these offers; 0 is a postback for all offers", "all offers", ids))
    .addOption(
      list("--host <host>", "only URLs on this host; .rdtk.io includes its subdomains", "all hosts", one),
    )
    .addOption(new Option("--status <status>", "only this status (default: both)").choices(POSTBACK_STATUSES))
    .option("--ids <file>", "only the postback IDs in this file (default: all postbacks)")
    .addOption(
      list(
        "--managed-by <export>",
        "export of another stack, whose postbacks to skip",
        "no other stack",
        one,
      ),
    )
    .addOption(
      new Option(
        "--layout <layout>",
        "a file for each affiliate, or one CSV (default: as before, else by size)",
      ).choices(LAYOUTS),
    )
    .option(
      "--partners <csv>",
      "names of partners, with columns affiliate_id and name (default: from their hosts)",
    )
    .option("--out-dir <directory>", "directory for the code, below that of the program", "postbacks")
    .option("--state <export>", "export of the stack (default: exported with the Pulumi CLI)")
    .option("--apply", "import with the Pulumi CLI, and verify with a preview (default: print the commands)")
    .option("--dry-run", "report what would be done, and write nothing")
    .option("--allow-partial", "continue if CAKE's list may be incomplete (default: stop)")
    .addOption(
      new Option("--format <format>", "how to print the report")
        .choices(["pretty", "json"])
        .default("pretty"),
    );
}

/** An option that may be repeated. */
function list<T>(flags: string, description: string, all: string, parse: (value: string) => T[]): Option {
  return new Option(flags, description)
    .argParser((value: string, previous: readonly T[]) => [...previous, ...parse(value)])
    .default([], all);
}

function one(value: string): string[] {
  return [value];
}

function ids(value: string): number[] {
  return value.split(",").map((id) => {
    if (!/^\d{1,15}$/.test(id.trim())) throw new InvalidArgumentError("It must be IDs such as 2004,2023.");
    return Number(id);
  });
}
