import { existsSync } from "node:fs";
import type { Command } from "commander";
import { systemClock } from "../../http/clock";
import { ownManifest } from "../../manifest";
import { COULD_NOT_JUDGE, complete, type ExitCode } from "../command";
import { instanceHosts, type SavedSettings } from "../input/instance";
import { readSources } from "../input/live/read";
import { looksLikeUrl, parseContents, parseUrls, toLiveSource } from "../input/parseSource";
import type { PostbackSource } from "../input/postbackSource";
import { rulesByText } from "../input/rules";
import { stackSettings } from "../input/stackSettings";
import { isStandardInput, readFrom } from "../input/text";
import { colors } from "../output/colors";
import { asGithub } from "../output/github";
import { jsonPieces, LateObject } from "../output/json";
import { printPieces } from "../output/printPieces";
import { asSarif } from "../output/sarif";
import { HELP } from "./help";
import { lint } from "./lint";
import { addOptions, type Options } from "./options";
import { asPretty } from "./pretty";
import type { LintFinding, LintRun, LintSummary } from "./report";

const EXAMPLE = "pulumi preview --json | npx --no -- pulumi-cake lint";

export function define(command: Command): Command {
  return complete(addOptions(command), HELP, run);
}

async function run(sources: readonly string[], options: Options): Promise<ExitCode> {
  const saved = await stackSettings(options, process.env);
  const reads = await readAll(sources, options, saved);
  const { domain } = instanceHosts(process.env, { domain: options.domain }, saved);
  const today = new Date();
  const settingsFor = rulesByText(options.rules, saved["cake:rules"]);
  const linted = lint(reads, ({ rules }) => ({ rules: settingsFor(rules), domain, today }));
  printPieces(printed(linted, options.format));
  return exitCodeOf(linted.summary(), options);
}

async function readAll(
  sources: readonly string[],
  { live = false, domain }: Options,
  saved: SavedSettings,
): Promise<PostbackSource[]> {
  const isUrl = (source: string) => looksLikeUrl(source) && !existsSync(source);
  const urls = sources.filter(isUrl);
  const reads: PostbackSource[] = [];
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
  return [...reads, ...read.sources.map(toLiveSource)];
}

function printed(linted: LintRun, format: Options["format"]): Iterable<string> {
  switch (format) {
    case "pretty":
      return [asPretty(linted, colors)];
    case "json":
      return jsonPieces(new LateObject(() => reportMembers(linted)));
    case "sarif":
      return jsonPieces(asSarif(linted, ownManifest()));
    case "github":
      return asGithub(linted);
  }
}

/** The members of a {@link LintReport}. Its counts are known after the last finding. */
function* reportMembers({ found, summary }: LintRun): Generator<readonly [string, unknown]> {
  yield ["findings", described(found)];
  yield* Object.entries(summary());
}

function* described(found: LintRun["found"]): Generator<LintFinding> {
  for (const { describe } of found) yield describe();
}

function exitCodeOf(report: LintSummary, { failOn, strict = false }: Options): ExitCode {
  if (report.incomplete.length > 0 || (strict && report.uncheckedPostbacks.length > 0))
    return COULD_NOT_JUDGE;
  const counted = report.errors + (failOn === "warning" ? report.warnings : 0);
  return counted > 0 ? 1 : 0;
}
