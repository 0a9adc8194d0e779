import { type Command, InvalidArgumentError, Option } from "commander";
import { urlParts } from "../../postback/url";
import { COULD_NOT_JUDGE, complete, type ExitCode } from "../command";
import { type Preview, parsePreview } from "../input/preview";
import { rulesFrom } from "../input/rules";
import { readFrom } from "../input/text";
import { safeJson } from "../output/json";
import { writeFileSafely } from "../output/writeFile";
import { changesBetween, changesOf } from "./changes";
import { HELP } from "./help";
import { asMarkdown, notReviewedMarkdown } from "./markdown";
import type { ReviewReport } from "./report";
import { countOtherSteps, review } from "./review";
import { asCsv, asIds, asPretty, toWorkList } from "./workList";

const EXAMPLE = "pulumi preview --json --show-sames | npx --no -- pulumi-cake review";

const FORMATS = ["markdown", "json"] as const;
const WORK_LIST_FORMATS = ["pretty", "csv", "ids"] as const;
type Format = (typeof FORMATS)[number];
type WorkListFormat = (typeof WORK_LIST_FORMATS)[number];

interface Options {
  readonly format?: Format | WorkListFormat;
  readonly workList?: boolean;
  readonly base?: string;
  readonly head?: string;
  readonly rules?: string;
  readonly domain?: string;
  readonly failOn: "error" | "warning";
  readonly maxChanges: number;
  readonly maxDeactivations: number;
  readonly allowChanges?: number;
  readonly output?: string;
}

export function define(command: Command): Command {
  const withOptions = command
    .argument("[preview]", 'a file with the output of "pulumi preview --json"; default: standard input')
    .option("--base <file>", "with --head: the preview of the base, made in an empty stack")
    .option("--head <file>", "with --base: the preview of the head, made in an empty stack")
    .option(
      "--rules <file>",
      "a file with the JSON of cake:rules; default: cake:rules of the preview, CAKE_RULES",
    )
    .option(
      "--domain <host>",
      "the CAKE instance, for the rule against calls to itself; default: CAKE_DOMAIN",
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 for newly broken rules from this severity up")
        .choices(["error", "warning"])
        .default("error"),
    )
    .option("--max-changes <n>", "postbacks that may change", count, 100)
    .option("--max-deactivations <n>", "postbacks that may be deactivated", count, 25)
    .option("--allow-changes <n>", "approved number of changes (replaces both limits)", count)
    .addOption(
      new Option(
        "--format <format>",
        "markdown (default) or json; of a work list pretty (default), csv or ids",
      ).choices([...FORMATS, ...WORK_LIST_FORMATS]),
    )
    .option("--output <file>", "write to a file instead of standard output")
    .option("--work-list", "print what must be edited by hand in CAKE, old value and new");
  return complete(withOptions, HELP, run);
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
    throw new Error(`--format ${format} is ${workList ? "not " : ""}for --work-list.`);
  if ((base === undefined) !== (head === undefined)) throw new Error("--base and --head go together.");
  if (base !== undefined && (file !== undefined || workList))
    throw new Error(`Give either ${workList ? "--work-list" : "a preview"}, or --base and --head.`);
}

async function createReport(file: string | undefined, options: Options): Promise<ReviewReport> {
  const before = options.base === undefined ? undefined : await previewOf(options.base);
  const preview = await previewOf(before ? options.head : file);
  const changes = before ? changesBetween(before, preview) : changesOf(preview.steps);
  const incomplete = [...(before?.incomplete ?? []), ...preview.incomplete];
  const result = review(changes, {
    // What a pull request declares must not weigh the rules for itself.
    rules: rulesFrom(options.rules, (before ?? preview).rules),
    domain: urlParts(options.domain ?? process.env.CAKE_DOMAIN ?? "").host || undefined,
    today: new Date(),
    failOn: options.failOn,
    limits: { ...options, allowed: options.allowChanges },
  });
  return {
    ...result,
    passes: result.passes && incomplete.length === 0,
    incomplete,
    comparison: before ? DECLARED : changes.some((one) => one.before) ? WITH_STATE : WITH_NOTHING,
    otherSteps: countOtherSteps(preview.steps),
  };
}

const DECLARED =
  "Compared: what the base declares with what the head declares. Neither the state nor what is live in CAKE was checked.";
const WITH_STATE = "Compared with the state of the stack, as the last run or refresh left it.";
const WITH_NOTHING = "Compared with nothing: the preview shows no postback of the stack.";

function previewOf(file: string | undefined): Promise<Preview> {
  return readFrom(file, EXAMPLE, parsePreview);
}

function printWorkList({ steps, incomplete }: Preview, options: Options): ExitCode {
  // A list that lacks an edit is worse than none: the run would record it as made.
  if (incomplete.length > 0)
    throw new Error(`The preview does not show the whole change:\n${incomplete.join("\n")}`);
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

function count(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("It should be an integer.");
  return Number(value);
}
