import { type Command, InvalidArgumentError } from "commander";
import { complete, type ExitCode } from "../command";
import { hostOf, instanceHosts } from "../input/instance";
import { parseStackExport } from "../input/stackExport";
import { readFrom } from "../input/text";
import { safeJson } from "../output/json";
import { reportOn } from "./report";
import { asText } from "./text";

const HELP = `
For machines whose disk does not survive, such as hosted CI: an interrupted run leaves there no trace but the state.
Stops while a create is pending whose postback may or may not exist in CAKE, and when a postback lives on another
CAKE instance than its provider works on (cake:domain as saved in the export; CAKE_DOMAIN or --domain for the
default provider; CAKE_FORMER_DOMAINS names former hosts). Needs neither the passphrase of the state nor an API key,
and calls nothing.

Exit codes: 0 go on, 1 stop, 2 not an export, or it cannot be read.

Examples:
  pulumi stack export | npx pulumi-cake preflight && pulumi up --yes
  npx pulumi-cake preflight --json state.json`;

const EXAMPLE = "pulumi stack export | npx pulumi-cake preflight";

interface Options {
  readonly domain?: string;
  readonly json?: boolean;
}

export function define(command: Command): Command {
  const withOptions = command
    .argument("[export]", 'a file with the output of "pulumi stack export"; default: standard input')
    .option("--domain <host>", "the CAKE instance of the default provider; default: CAKE_DOMAIN", domainOf)
    .option("--json", "print the report as JSON, for tools");
  return complete(withOptions, HELP, run);
}

async function run(file: string | undefined, { domain, json }: Options): Promise<ExitCode> {
  const given = instanceHosts(process.env, domain === undefined ? {} : { domain });
  const report = reportOn(await readFrom(file, EXAMPLE, parseStackExport), given);
  console.log(json ? safeJson(report) : asText(report));
  return report.result === "stop" ? 1 : 0;
}

function domainOf(value: string): string {
  try {
    return hostOf(value) ?? value;
  } catch {
    throw new InvalidArgumentError("It should be a host or a URL.");
  }
}
