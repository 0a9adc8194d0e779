import { type Command, Option } from "commander";
import { urlParts } from "../postback/url";
import { colors } from "./colors";
import { inert } from "./inert";
import { safeJson, textOf } from "./io";
import { asGithub } from "./lint/github";
import { readLive } from "./lint/live";
import { asPeople } from "./lint/people";
import { readText } from "./lint/read";
import { type LintReport, lint } from "./lint/report";
import { asSarif } from "./lint/sarif";
import type { Read } from "./lint/subject";
import { rulesFrom } from "./rules";
import { ownVersion } from "./version";

const EXAMPLE = "pulumi preview --json | npx pulumi-cake lint";

const HELP = `
Reads "pulumi preview --json", "pulumi stack export" (add --show-secrets to judge secret URLs) and CSV files, and with
--live the postbacks of the instance in CAKE_DOMAIN. Only --live needs a key (CAKE_API_KEY) and calls CAKE, by GET.
The rules: docs/rules.md. No output quotes a URL or a value in it.

Exit codes:
  0  nothing was found that weighs as much as --fail-on
  1  something was
  2  not everything could be judged: a file cannot be read, a URL is hidden (with --strict), or CAKE's list is not whole

Examples:
  ${EXAMPLE}
  pulumi stack export --show-secrets | npx pulumi-cake lint --format json
  npx pulumi-cake lint partners.csv --format github --rules rules.json
  CAKE_API_KEY=… npx pulumi-cake lint --live`;

interface Options {
  readonly format: "people" | "json" | "sarif" | "github";
  readonly failOn: "error" | "warning";
  readonly rules?: string;
  readonly live?: boolean;
  readonly strict?: boolean;
  readonly domain?: string;
}

const NOT_ALL_JUDGED = 2;

export function define(command: Command): Command {
  return command
    .argument("[files...]", 'previews, exports and CSV files; "-" or none: standard input')
    .option("--live", "judge what is live in CAKE as well")
    .option(
      "--rules <file>",
      "what the project decides: a file with the JSON of cake:rules; default: CAKE_RULES",
    )
    .option(
      "--domain <host>",
      "the CAKE instance, for the rule against calls to itself; default: CAKE_DOMAIN",
    )
    .addOption(
      new Option("--format <format>", "how to print it")
        .choices(["people", "json", "sarif", "github"])
        .default("people"),
    )
    .addOption(
      new Option("--fail-on <severity>", "what ends with 1").choices(["error", "warning"]).default("error"),
    )
    .option("--strict", "end with 2 where a URL is hidden or not known yet")
    .addHelpText("after", HELP)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : NOT_ALL_JUDGED))
    .action(run);
}

async function run(files: readonly string[], options: Options): Promise<void> {
  try {
    const reads = await readAll(files, options.live ?? false);
    const domain = urlParts(options.domain ?? process.env.CAKE_DOMAIN ?? "").host || undefined;
    const report = lint(reads, { rules: rulesFrom(options.rules), domain, today: new Date() });
    console.log(printed(report, options.format));
    process.exitCode = exitCodeOf(report, options);
  } catch (error) {
    console.error(inert(error instanceof Error ? error.message : String(error)));
    process.exitCode = NOT_ALL_JUDGED;
  }
}

async function readAll(files: readonly string[], isLive: boolean): Promise<Read[]> {
  const named = files.length === 0 && !isLive ? ["-"] : files;
  const reads: Read[] = [];
  for (const file of named) {
    const name = file === "-" ? "standard input" : file;
    reads.push(readText(await textOf(file, EXAMPLE), name));
  }
  return isLive ? [...reads, await readLive(process.env)] : reads;
}

function printed(report: LintReport, format: Options["format"]): string {
  switch (format) {
    case "people":
      return asPeople(report, colors);
    case "json":
      return safeJson(report, 2);
    case "sarif":
      return safeJson(asSarif(report, ownVersion()), 2);
    case "github":
      return asGithub(report);
  }
}

function exitCodeOf(report: LintReport, { failOn, strict = false }: Options): number {
  if (report.flaws.length > 0 || (strict && report.notJudged.length > 0)) return NOT_ALL_JUDGED;
  const counted = report.errors + (failOn === "warning" ? report.warnings : 0);
  return counted > 0 ? 1 : 0;
}
