import type { Command } from "commander";
import { COULD_NOT_JUDGE, complete, type ExitCode } from "../command";
import { instanceHosts } from "../input/instance";
import { parseStackExport } from "../input/stackExport";
import { readFrom } from "../input/text";
import { safeJson } from "../output/json";
import { HELP } from "./help";
import { readJournal } from "./journal";
import { addOptions, type Options } from "./options";
import { pretty } from "./pretty";
import { reportOn } from "./report";

const EXAMPLE = "pulumi stack export | npx --no -- pulumi-cake preflight";

export function define(command: Command): Command {
  return complete(addOptions(command), HELP, run);
}

const EXIT_CODES = { ok: 0, stop: 1, unknown: COULD_NOT_JUDGE } as const;

async function run(file: string | undefined, { domain, format }: Options): Promise<ExitCode> {
  const given = instanceHosts(process.env, { domain });
  const deployment = await readFrom(file, EXAMPLE, parseStackExport);
  const report = reportOn(deployment, given, readJournal(process.env));
  console.log(format === "json" ? safeJson(report, 2) : pretty(report, Date.now()));
  return EXIT_CODES[report.result];
}
