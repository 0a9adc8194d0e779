import { type Command, InvalidArgumentError } from "commander";
import { inert } from "./inert";
import { safeJson, textOf } from "./io";
import { deploymentOf } from "./preflight/deployment";
import { reportOn } from "./preflight/report";
import { instanceGiven } from "./preflight/settings";
import { asText } from "./preflight/text";

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

// 1 would say that the state was read.
const UNREADABLE = 2;

interface Options {
  readonly domain?: string;
  readonly json?: boolean;
}

export function define(command: Command): Command {
  return command
    .argument("[export]", 'a file with the output of "pulumi stack export"; default: standard input')
    .option("--domain <host>", "the CAKE instance of the default provider; default: CAKE_DOMAIN", hostOf)
    .option("--json", "print the report as JSON, for tools")
    .addHelpText("after", HELP)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : UNREADABLE))
    .action(run);
}

async function run(file: string | undefined, { domain, json }: Options): Promise<void> {
  try {
    const { CAKE_DOMAIN, ...env } = process.env;
    const given = instanceGiven({ ...env, CAKE_DOMAIN: domain ?? CAKE_DOMAIN });
    const report = reportOn(deploymentOf(await textOf(file, EXAMPLE)), given);
    console.log(json ? safeJson(report) : asText(report));
    process.exitCode = report.result === "stop" ? 1 : 0;
  } catch (error) {
    console.error(inert(error instanceof Error ? error.message : String(error)));
    process.exitCode = UNREADABLE;
  }
}

function hostOf(value: string): string {
  try {
    return instanceGiven({ CAKE_DOMAIN: value }).domain ?? value;
  } catch {
    throw new InvalidArgumentError("It should be a host or a URL.");
  }
}
