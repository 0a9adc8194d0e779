import { type Command, InvalidArgumentError, Option } from "commander";
import { COULD_NOT_JUDGE, complete, type ExitCode } from "../command";
import { hostOf, instanceHosts } from "../input/instance";
import { parseStackExport } from "../input/stackExport";
import { readFrom } from "../input/text";
import { safeJson } from "../output/json";
import { HELP } from "./help";
import { pretty } from "./pretty";
import { reportOn } from "./report";

const EXAMPLE = "pulumi stack export | npx --no -- pulumi-cake preflight";

interface Options {
  readonly domain?: string;
  readonly format: "pretty" | "json";
}

export function define(command: Command): Command {
  const withOptions = command
    .argument("[export]", 'a file with the output of "pulumi stack export"; default: standard input')
    .option("--domain <host>", "the CAKE instance of the default provider; default: CAKE_DOMAIN", domainOf)
    .addOption(
      new Option("--format <format>", "how to print the report")
        .choices(["pretty", "json"])
        .default("pretty"),
    );
  return complete(withOptions, HELP, run);
}

const EXIT_CODES = { ok: 0, stop: 1, unknown: COULD_NOT_JUDGE } as const;

async function run(file: string | undefined, { domain, format }: Options): Promise<ExitCode> {
  const given = instanceHosts(process.env, { domain });
  const report = reportOn(await readFrom(file, EXAMPLE, parseStackExport), given);
  console.log(format === "json" ? safeJson(report, 2) : pretty(report));
  return EXIT_CODES[report.result];
}

function domainOf(value: string): string {
  try {
    return hostOf(value) ?? value;
  } catch {
    throw new InvalidArgumentError("It should be a host or a URL.");
  }
}
