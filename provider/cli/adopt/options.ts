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
  readonly into: string;
  readonly state?: string;
  readonly writeState?: true;
  readonly apply?: true;
  readonly dryRun?: true;
  readonly acceptIncomplete?: true;
}

/** Adds the options of the command. */
export function addOptions(command: Command): Command {
  return command
    .option("--cwd <folder>", "the folder of Pulumi.yaml", ".")
    .option("--stack <name>", "the stack; default: the selected one")
    .option("--domain <host>", "the CAKE instance; default: the stack's cake:domain, or CAKE_DOMAIN")
    .addOption(repeated("--affiliate <ids>", "only these affiliates, with commas between", ids))
    .addOption(repeated("--offer <ids>", "only these offers; 0 is the one for all offers", ids))
    .addOption(
      repeated("--host <host>", "only URLs on this host; .rdtk.io means all below", (host) => [host]),
    )
    .addOption(new Option("--status <status>", "only those").choices(POSTBACK_STATUSES))
    .option("--ids <file>", "only the ids in this file")
    .addOption(
      repeated("--managed-by <export>", "another stack's export: leave its postbacks to it", (file) => [
        file,
      ]),
    )
    .addOption(
      new Option("--layout <layout>", "how the code is laid out; default: as before, else by size").choices(
        LAYOUTS,
      ),
    )
    .option("--partners <csv>", "affiliate_id and name: what you call your partners")
    .option("--into <folder>", "where the code goes, from the program's file", "postbacks")
    .option("--state <export>", "the stack's export, where the Pulumi CLI is not at hand")
    .option("--write-state", "write a state for a CLI older than 3.254, instead of an import file")
    .option("--apply", "import with the Pulumi CLI, and verify by a preview that nothing changes")
    .option("--dry-run", "only say what would be done")
    .option("--accept-incomplete", "adopt what was seen of a listing that is not provably complete");
}

function repeated<T>(flags: string, description: string, parse: (value: string) => T[]): Option {
  return new Option(flags, description)
    .argParser((value: string, previous: readonly T[]) => [...previous, ...parse(value)])
    .default([], "none");
}

function ids(value: string): number[] {
  return value.split(",").map((id) => {
    if (!/^\d{1,15}$/.test(id.trim()))
      throw new InvalidArgumentError("It should be ids as CAKE shows them, such as 2004,2023.");
    return Number(id);
  });
}
