import type { Command } from "commander";
import { CodedError } from "../../message";
import { COULD_NOT_JUDGE, complete, type ExitCode } from "../command";
import { instanceHosts } from "../input/instance";
import { type Preview, parsePreview } from "../input/preview";
import { rulesByText } from "../input/rules";
import { readFrom } from "../input/text";
import { safeJson } from "../output/json";
import { writeFileSafely } from "../output/writeFile";
import { changesBetween, changesOf } from "./changes";
import { HELP } from "./help";
import { asMarkdown, notReviewedMarkdown } from "./markdown";
import { comparisons, messages } from "./messages";
import { addOptions, FORMATS, type Options, WORK_LIST_FORMATS } from "./options";
import type { ReviewReport } from "./report";
import { countOtherSteps, review } from "./review";
import { asCsv, asIds, asPretty, toWorkList } from "./workList";

const EXAMPLE = "pulumi preview --json --show-sames | npx --no -- pulumi-cake review";

export function define(command: Command): Command {
  return complete(addOptions(command), HELP, run);
}

async function run(file: string | undefined, options: Options): Promise<ExitCode> {
  refuseContradictions(file, options);
  if (options.workList) return printWorkList(await previewOf(file), options);
  const report = await createReport(file, options).catch((error: Error) => {
    // A comment that stands must not be of a former commit.
    const isOnTerminal = options.output === undefined && process.stdout.isTTY;
    if (options.format !== "json" && !isOnTerminal) print(notReviewedMarkdown(error.message), options);
    throw error;
  });
  print(options.format === "json" ? `${safeJson(report, 2)}\n` : asMarkdown(report), options);
  if (report.incomplete.length > 0) return COULD_NOT_JUDGE;
  return report.passes ? 0 : 1;
}

function refuseContradictions(
  file: string | undefined,
  { base, head, format, workList = false }: Options,
): void {
  const formats: readonly string[] = workList ? WORK_LIST_FORMATS : FORMATS;
  if (format !== undefined && !formats.includes(format))
    throw new CodedError(messages.formatUnsupported(format, formats, workList ? "--work-list" : "a review"));
  if ((base === undefined) !== (head === undefined)) throw new CodedError(messages.headMissing());
  if (base !== undefined && (file !== undefined || workList))
    throw new CodedError(messages.baseExcludes(workList ? "--work-list" : "another preview"));
}

async function createReport(file: string | undefined, options: Options): Promise<ReviewReport> {
  const before = options.base === undefined ? undefined : await previewOf(options.base);
  const preview = await previewOf(before ? options.head : file);
  const changes = before ? changesBetween(before, preview) : changesOf(preview.steps);
  const incomplete = [...(before?.incomplete ?? []), ...preview.incomplete];
  const result = review(changes, {
    // What a pull request declares must not weigh the rules for itself.
    settingsFor: rulesByText(options.rules, (before ?? preview).rules),
    domain: instanceHosts(process.env, { domain: options.domain }).domain,
    today: new Date(),
    failOn: options.failOn,
    limits: { ...options, allowed: options.allowChanges },
  });
  return {
    ...result,
    passes: result.passes && incomplete.length === 0,
    incomplete,
    comparison: comparisons[before ? "programs" : changes.some((one) => one.before) ? "state" : "nothing"],
    otherSteps: countOtherSteps(preview.steps),
  };
}

function previewOf(file: string | undefined): Promise<Preview> {
  return readFrom(file, EXAMPLE, parsePreview);
}

function printWorkList({ steps, incomplete }: Preview, options: Options): ExitCode {
  // A list that lacks an edit is worse than none: the run would record it as made.
  if (incomplete.length > 0) throw new CodedError(messages.workListIncomplete(incomplete));
  const work = toWorkList(steps);
  if (options.format === "csv") print(asCsv(work), options);
  else if (options.format === "ids") print(asIds(work), options);
  else print(`${asPretty(work)}\n`, options);
  return 0;
}

function print(text: string, { output }: Options): void {
  if (output === undefined) process.stdout.write(text);
  else writeFileSafely(output, text);
}
