import { type Command, Option } from "commander";
import { urlParts } from "../../postback/url";
import { COULD_NOT_JUDGE, complete, type ExitCode } from "../command";
import { rulesFrom } from "../input/rules";
import type { Read } from "../input/subject";
import { readText } from "../input/text";
import { colors } from "../output/colors";
import { asGithub } from "../output/github";
import { safeJson } from "../output/json";
import { asSarif } from "../output/sarif";
import { ownVersion } from "../version";
import { readLive } from "./live";
import { asPeople } from "./people";
import { readSubjects } from "./read";
import { type LintReport, lint } from "./report";

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

export function define(command: Command): Command {
  const withOptions = command
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
    .option("--strict", "end with 2 where a URL is hidden or not known yet");
  return complete(withOptions, HELP, run);
}

async function run(files: readonly string[], options: Options): Promise<ExitCode> {
  const reads = await readAll(files, options.live ?? false);
  const domain = urlParts(options.domain ?? process.env.CAKE_DOMAIN ?? "").host || undefined;
  const report = lint(reads, { rules: rulesFrom(options.rules), domain, today: new Date() });
  console.log(printed(report, options.format));
  return exitCodeOf(report, options);
}

async function readAll(files: readonly string[], isLive: boolean): Promise<Read[]> {
  const named = files.length === 0 && !isLive ? ["-"] : files;
  const reads: Read[] = [];
  for (const file of named) {
    const name = file === "-" ? "standard input" : file;
    reads.push(readSubjects(await readText(file, EXAMPLE), name));
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

function exitCodeOf(report: LintReport, { failOn, strict = false }: Options): ExitCode {
  if (report.flaws.length > 0 || (strict && report.notJudged.length > 0)) return COULD_NOT_JUDGE;
  const counted = report.errors + (failOn === "warning" ? report.warnings : 0);
  return counted > 0 ? 1 : 0;
}
