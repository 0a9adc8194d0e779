import { existsSync } from "node:fs";
import { type Command, Option } from "commander";
import { systemClock } from "../../http/clock";
import { COULD_NOT_JUDGE, complete, type ExitCode } from "../command";
import { instanceHosts, type SavedSettings } from "../input/instance";
import { readSources } from "../input/live/read";
import { rulesFrom } from "../input/rules";
import { type StackOptions, stackOptions, stackSettings } from "../input/stackSettings";
import { isStandardInput, readFrom } from "../input/text";
import { colors } from "../output/colors";
import { asGithub } from "../output/github";
import { safeJson } from "../output/json";
import { asSarif } from "../output/sarif";
import { ownVersion } from "../version";
import { HELP } from "./help";
import { looksLikeUrl, parseContents, parseUrls, toLintSource } from "./parseSource";
import { asPretty } from "./pretty";
import { type LintReport, lint } from "./report";
import type { LintSource } from "./source";

const EXAMPLE = "pulumi preview --json | npx --no -- pulumi-cake lint";

interface Options extends StackOptions {
  readonly format: "pretty" | "json" | "sarif" | "github";
  readonly failOn: "error" | "warning";
  readonly rules?: string;
  readonly live?: boolean;
  readonly strict?: boolean;
  readonly domain?: string;
}

export function define(command: Command): Command {
  const withOptions = stackOptions(command)
    .argument("[sources...]", 'previews, exports, CSV files and URLs; "-" or none: standard input')
    .option("--live", "judge the live postbacks of the CAKE instance, too")
    .option(
      "--rules <file>",
      "a file with the JSON of cake:rules; default: cake:rules of the preview or the stack, CAKE_RULES",
    )
    .option("--domain <host>", "the CAKE instance; default: CAKE_DOMAIN")
    .addOption(
      new Option("--format <format>", "how to print the report")
        .choices(["pretty", "json", "sarif", "github"])
        .default("pretty"),
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 from this severity up")
        .choices(["error", "warning"])
        .default("error"),
    )
    .option("--strict", "exit with 2 if a URL is secret or unknown");
  return complete(withOptions, HELP, run);
}

async function run(sources: readonly string[], options: Options): Promise<ExitCode> {
  const saved = await stackSettings(options, process.env);
  const reads = await readAll(sources, options, saved);
  const { domain } = instanceHosts(process.env, { domain: options.domain }, saved);
  const today = new Date();
  const report = lint(reads, ({ rules = saved["cake:rules"] }) => ({
    rules: rulesFrom(options.rules, rules),
    domain,
    today,
  }));
  console.log(printed(report, options.format));
  return exitCodeOf(report, options);
}

async function readAll(
  sources: readonly string[],
  { live = false, domain }: Options,
  saved: SavedSettings,
): Promise<LintSource[]> {
  const isUrl = (source: string) => looksLikeUrl(source) && !existsSync(source);
  const urls = sources.filter(isUrl);
  const reads: LintSource[] = [];
  if (urls.length > 0)
    reads.push({ source: "the command line", isFile: false, ...parseUrls(urls.join("\n")) });
  for (const file of sources.length === 0 && !live ? ["-"] : sources.filter((one) => !isUrl(one)))
    reads.push(
      await readFrom(file, EXAMPLE, (text, source) => ({
        source,
        isFile: !isStandardInput(file),
        ...parseContents(text, source),
      })),
    );
  if (!live) return reads;
  const read = await readSources({ kind: "list", domain, saved }, process.env, systemClock);
  return [...reads, ...read.sources.map(toLintSource)];
}

function printed(report: LintReport, format: Options["format"]): string {
  switch (format) {
    case "pretty":
      return asPretty(report, colors);
    case "json":
      return safeJson(report, 2);
    case "sarif":
      return safeJson(asSarif(report, ownVersion()), 2);
    case "github":
      return asGithub(report);
  }
}

function exitCodeOf(report: LintReport, { failOn, strict = false }: Options): ExitCode {
  if (report.incomplete.length > 0 || (strict && report.uncheckedPostbacks.length > 0))
    return COULD_NOT_JUDGE;
  const counted = report.errors + (failOn === "warning" ? report.warnings : 0);
  return counted > 0 ? 1 : 0;
}
