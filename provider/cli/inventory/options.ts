import { extname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { SOURCE_KINDS, type SourceKind } from "../input/live/source";
import { type StackOptions, stackOptions } from "../input/stackSettings";
import { ALL_CONDITIONS, type Condition, optionWord, usualFailures } from "./conditions";
import { type Filter, parseFilter } from "./filters";
import { FORMATS, type Format } from "./formats";
import { GROUP_KINDS, type GroupKind } from "./report";

/** An instance of the command line: `eu=eu.example.com`, whose key is in CAKE_EU_API_KEY. */
interface NamedInstance {
  readonly name: string;
  readonly domain: string;
}

/** A file to write the report to. */
interface Output {
  readonly file: string;
  readonly format: Format;
}

export interface Options extends StackOptions {
  readonly domain?: string;
  readonly instance: readonly NamedInstance[];
  readonly source?: SourceKind;
  readonly csv?: string;
  readonly affiliate: readonly number[];
  readonly where: readonly Filter[];
  readonly group?: GroupKind;
  readonly checkHosts?: true;
  readonly since?: string;
  readonly rules?: string;
  readonly format: Format;
  readonly output: readonly Output[];
  readonly failOn?: readonly Condition[];
}

/** Adds the options of the command. */
export function addOptions(command: Command): Command {
  const exports = 'files with the output of "pulumi stack export"; "-": standard input (default: no stack)';
  return stackOptions(command.argument("[exports...]", exports))
    .option("--domain <host>", "the CAKE instance (default: CAKE_DOMAIN)")
    .addOption(
      repeated("--instance <name=host>", "another instance; repeatable", "no other instance", namedInstance),
    )
    .addOption(
      new Option("--source <kind>", "where to read live postbacks (default: list)").choices(SOURCE_KINDS),
    )
    .option("--csv <file>", "read this CSV file, exported from CAKE (default: read CAKE)")
    .addOption(
      repeated(
        "--affiliate <ids>",
        "whose campaigns to read, comma-separated",
        "affiliates of the stacks",
        affiliateIds,
      ),
    )
    .addOption(repeated("--where <filter>", "only matching postbacks; repeatable", "all postbacks", filter))
    .addOption(
      new Option("--group <kind>", "count postbacks by this (default: not counted)").choices(GROUP_KINDS),
    )
    .option(
      "--check-hosts",
      "check each partner's host: DNS, and for https the certificate; no postback is called (default: not checked)",
    )
    .option(
      "--since <report>",
      "an earlier JSON report: show what was added, gone or changed since (default: no comparison)",
    )
    .option("--rules <file>", "a file with the JSON of cake:rules (default: those of --stack, or CAKE_RULES)")
    .addOption(new Option("--format <format>", "how to print the report").choices(FORMATS).default("pretty"))
    .addOption(
      repeated(
        "--output <file>",
        `also write the report to a file ending in ${Object.keys(FORMAT_OF).join(", ")}; repeatable`,
        "no file",
        output,
      ),
    )
    .addOption(
      new Option(
        "--fail-on <conditions>",
        `exit with 1 if a postback has one of these conditions, comma-separated, or none (default: ${usualFailures(false).map(optionWord).join(", ")}; with stacks also unmanaged)`,
      ).argParser(conditions),
    );
}

function repeated<T>(flags: string, text: string, without: string, parse: (value: string) => T[]): Option {
  return new Option(flags, text)
    .argParser((value: string, previous: readonly T[]) => [...previous, ...parse(value)])
    .default([], without);
}

function namedInstance(value: string): NamedInstance[] {
  const [, name, domain] = /^([A-Za-z][\w-]*)=(\S+)$/.exec(value) ?? [];
  if (name === undefined || domain === undefined)
    throw new InvalidArgumentError("It must be a name and a host, such as eu=eu.example.com.");
  return [{ name, domain }];
}

function affiliateIds(value: string): number[] {
  return value.split(",").map((id) => {
    if (!/^[1-9]\d{0,14}$/.test(id.trim()))
      throw new InvalidArgumentError("It must be affiliate IDs, such as 2004,2023.");
    return Number(id);
  });
}

function filter(value: string): Filter[] {
  try {
    return [parseFilter(value)];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

const FORMAT_OF: Readonly<Record<string, Format>> = {
  ".csv": "csv",
  ".json": "json",
  ".md": "markdown",
  ".html": "html",
  ".txt": "pretty",
};

function output(file: string): Output[] {
  const format = FORMAT_OF[extname(file).toLowerCase()];
  if (format === undefined)
    throw new InvalidArgumentError(`It must end with ${Object.keys(FORMAT_OF).join(", ")}.`);
  return [{ file, format }];
}

function conditions(value: string): Condition[] {
  if (value === "none") return [];
  return value.split(",").map((word) => {
    const condition = ALL_CONDITIONS.find((one) => optionWord(one) === word.trim());
    if (condition === undefined)
      throw new InvalidArgumentError(
        `It must be none, or some of ${ALL_CONDITIONS.map(optionWord).join(", ")}.`,
      );
    return condition;
  });
}
