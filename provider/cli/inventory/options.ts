import { extname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { SOURCE_KINDS, type SourceKind } from "../input/live/source";
import { FINDINGS, type FindingKind, usualFindings } from "./exit";
import { GROUP_KINDS, type GroupKind } from "./report";
import { type Question, questionOf } from "./where";

export const FORMATS = ["table", "csv", "json", "markdown", "html"] as const;
export type Format = (typeof FORMATS)[number];

/** An instance of the command line: `eu=eu.example.com`, whose key is in CAKE_EU_API_KEY. */
export interface NamedInstance {
  readonly name: string;
  readonly domain: string;
}

/** A file to write the report to. */
export interface Output {
  readonly file: string;
  readonly format: Format;
}

export interface Options {
  readonly domain?: string;
  readonly instance: readonly NamedInstance[];
  readonly source?: SourceKind;
  readonly csv?: string;
  readonly affiliate: readonly number[];
  readonly where: readonly Question[];
  readonly group?: GroupKind;
  readonly since?: string;
  readonly rules?: string;
  readonly format: Format;
  readonly output: readonly Output[];
  readonly failOn?: readonly FindingKind[];
}

/** Adds the options of the command. */
export function addOptions(command: Command): Command {
  return command
    .option("--domain <host>", "the CAKE instance; default: CAKE_DOMAIN")
    .addOption(repeated("--instance <name=host>", "a further instance; repeat it for more", namedInstance))
    .addOption(
      new Option("--source <kind>", "where to read what is live; default: list").choices(SOURCE_KINDS),
    )
    .option("--csv <file>", "an export from CAKE's admin, instead of asking CAKE")
    .addOption(
      repeated("--affiliate <ids>", "with --source campaigns: whose, with commas between", affiliateIds),
    )
    .addOption(repeated("--where <question>", "only the records that are like that; repeat it", question))
    .addOption(new Option("--group <kind>", "count the records by it").choices(GROUP_KINDS))
    .option("--since <report>", "a JSON report of before: say what is new, gone or changed")
    .option("--rules <file>", "a file with the JSON of cake:rules; default: CAKE_RULES")
    .addOption(new Option("--format <format>", "how to print it").choices(FORMATS).default("table"))
    .addOption(
      repeated("--output <file>", "write it there, too: .html .csv .json .md .txt; repeat it", output),
    )
    .addOption(
      new Option(
        "--fail-on <kinds>",
        `what ends with 1, with commas between, or none; default: ${usualFindings(true).join(",")}, the last where exports are given`,
      ).argParser(findingKinds),
    );
}

function repeated<T>(flags: string, description: string, parse: (value: string) => T[]): Option {
  return new Option(flags, description)
    .argParser((value: string, previous: readonly T[]) => [...previous, ...parse(value)])
    .default([], "none");
}

function namedInstance(value: string): NamedInstance[] {
  const [, name, domain] = /^([A-Za-z][\w-]*)=(\S+)$/.exec(value) ?? [];
  if (name === undefined || domain === undefined)
    throw new InvalidArgumentError("It should be a name and a host, such as eu=eu.example.com.");
  return [{ name, domain }];
}

function affiliateIds(value: string): number[] {
  return value.split(",").map((id) => {
    if (!/^[1-9]\d{0,14}$/.test(id.trim()))
      throw new InvalidArgumentError("It should be ids of affiliates, such as 2004,2023.");
    return Number(id);
  });
}

function question(value: string): Question[] {
  try {
    return [questionOf(value)];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

const FORMAT_OF: Readonly<Record<string, Format>> = {
  ...{ ".csv": "csv", ".json": "json", ".md": "markdown", ".html": "html", ".txt": "table" },
};

function output(file: string): Output[] {
  const format = FORMAT_OF[extname(file).toLowerCase()];
  if (format === undefined)
    throw new InvalidArgumentError(`It should end with ${Object.keys(FORMAT_OF).join(", ")}.`);
  return [{ file, format }];
}

function findingKinds(value: string): FindingKind[] {
  if (value === "none") return [];
  return value.split(",").map((word) => {
    const kind = FINDINGS.find((one) => one === word.trim());
    if (kind === undefined)
      throw new InvalidArgumentError(`It should be none, or some of ${FINDINGS.join(",")}.`);
    return kind;
  });
}
