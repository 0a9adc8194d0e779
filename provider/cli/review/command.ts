import { writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { urlParts } from "../../postback/url";
import { complete, type ExitCode } from "../command";
import { type Preview, parsePreview } from "../input/preview";
import { rulesFrom } from "../input/rules";
import { readFrom } from "../input/text";
import { safeJson } from "../output/json";
import { changesBetween, changesOf } from "./changes";
import { asReport } from "./json";
import { asMarkdown } from "./markdown";
import { type Review, review } from "./review";
import { asCsv, asTable, workListOf } from "./workList";

const EXAMPLE = "pulumi preview --json --show-sames | npx pulumi-cake review";

const HELP = `
Prints one comment for a pull request, in Markdown, of at most 65,536 characters: what changes part by part, what a
partner will receive, what is at risk, and which rules the change newly breaks. The riskiest changes come first: click id
changed, host changed, payout changed, switched off, replaced, for all offers, one of many at once, new rule broken.
With --show-sames the preview holds what stays as it is, too: only then is it counted, and can be compared with.
Needs no key and calls nothing. The rules: docs/rules.md, weighed by cake:rules as the preview shows it.

--work-list is for a CAKE whose postbacks cannot be changed by API (cake:endpoints is "documented", or the update
endpoint is missing): edit them in CAKE as it says, write the ids into a file, one a line (--format ids prints them), and
record the edits with CAKE_CONFIRMED_IDS_FILE=<file> pulumi up

Exit codes:
  0  the change may pass
  1  it must not: a rule is newly broken, or more postbacks change than are allowed
  2  it could not be reviewed: no preview, or options that are wrong

Examples:
  ${EXAMPLE} > comment.md
  npx pulumi-cake review --allow-changes 300 preview.json
  npx pulumi-cake review --base base.json --head head.json
  pulumi preview --json | npx pulumi-cake review --work-list`;

interface Options {
  readonly format?: "markdown" | "json" | "table" | "csv" | "ids";
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
      "what the project decides: a file with the JSON of cake:rules; default: cake:rules of the preview, CAKE_RULES",
    )
    .option(
      "--domain <host>",
      "the CAKE instance, for the rule against calls to itself; default: CAKE_DOMAIN",
    )
    .addOption(
      new Option("--fail-on <severity>", "which newly broken rules end with 1")
        .choices(["error", "warning"])
        .default("error"),
    )
    .option("--max-changes <n>", "postbacks that may change", count, 100)
    .option("--max-deactivations <n>", "postbacks that may be switched off", count, 25)
    .option("--allow-changes <n>", "a person has allowed so many changes: instead of both limits", count)
    .addOption(
      new Option(
        "--format <format>",
        "markdown (default) or json; of a work list table (default), csv or ids",
      ).choices(["markdown", "json", "table", "csv", "ids"]),
    )
    .option("--output <file>", "write to a file instead of standard output")
    .option("--work-list", "print what must be edited by hand in CAKE, old value and new");
  return complete(withOptions, HELP, run);
}

async function run(file: string | undefined, options: Options): Promise<ExitCode> {
  const { text, passes } = await result(file, options);
  if (options.output === undefined) process.stdout.write(text);
  else writeFileSync(options.output, text);
  return passes ? 0 : 1;
}

interface Result {
  readonly text: string;
  readonly passes: boolean;
}

async function result(file: string | undefined, options: Options): Promise<Result> {
  const { base, head, workList, format } = options;
  if (workList) return { text: workListText((await previewOf(file)).steps, format), passes: true };
  if (format !== undefined && format !== "markdown" && format !== "json")
    throw new Error(`--format ${format} is for --work-list.`);
  if ((base === undefined) !== (head === undefined)) throw new Error("--base and --head go together.");
  if (base !== undefined && file !== undefined)
    throw new Error("Give either a preview, or --base and --head.");
  const isCompared = base !== undefined;
  const before = isCompared ? await previewOf(base) : undefined;
  const preview = await previewOf(isCompared ? head : file);
  const changes = before ? changesBetween(before.steps, preview.steps) : changesOf(preview.steps);
  const reviewed = review(changes, {
    // What a pull request declares must not weigh the rules for itself.
    rules: rulesFrom(options.rules, (before ?? preview).rules),
    domain: urlParts(options.domain ?? process.env.CAKE_DOMAIN ?? "").host || undefined,
    today: new Date(),
    failOn: options.failOn,
    guard: { ...options, allowed: options.allowChanges },
  });
  const how = isCompared ? DECLARED : howCompared(reviewed);
  const text =
    format === "json"
      ? `${safeJson({ ...asReport(reviewed), comparison: how }, 2)}\n`
      : asMarkdown(reviewed, how);
  return { text, passes: reviewed.stops.length === 0 };
}

const DECLARED =
  "Compared: what the base declares with what the head declares. Neither the state nor what is live in CAKE was looked at.";

function howCompared({ isFromNothing }: Review): string {
  return isFromNothing
    ? "Compared with nothing: the stack holds no postbacks yet."
    : "Compared with the state of the stack, as the last run or refresh left it.";
}

async function previewOf(file: string | undefined): Promise<Preview> {
  return readFrom(file, EXAMPLE, parsePreview);
}

function workListText(steps: Preview["steps"], format: Options["format"]): string {
  const work = workListOf(steps);
  if (format === "csv") return asCsv(work);
  if (format === "ids") return [...new Set(work.map(({ postbackId }) => `${postbackId}\n`))].join("");
  return `${work.length === 0 ? "Nothing is to be edited by hand." : asTable(work)}\n`;
}

function count(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("It should be a whole number.");
  return Number(value);
}
