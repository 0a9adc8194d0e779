import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { createColors } from "picocolors";
import { systemClock } from "../../http/clock";
import type { Redact } from "../../http/redact";
import { POSTBACK_STATUSES } from "../../postback/postback";
import { builtInRules } from "../../postback/rules/builtInRules";
import type { RuleSettings } from "../../postback/rules/rule";
import { complete, type ExitCode } from "../command";
import { readSources } from "../input/live/read";
import type { Source } from "../input/live/source";
import { rulesFrom } from "../input/rules";
import { stackSettings } from "../input/stackSettings";
import { exportedStack, type Stack, stackFrom } from "../input/stacks";
import { readFile, readFrom } from "../input/text";
import { colors } from "../output/colors";
import { writeFileSafely } from "../output/file";
import { inventoryOf } from "./build";
import { ALL_CONDITIONS, about, optionWord, usualFailures } from "./conditions";
import { exitCodeOf } from "./exit";
import { printed } from "./formats";
import { HELP } from "./help";
import { addOptions, type Options } from "./options";
import type { InventoryReport } from "./report";
import { earlierFrom } from "./since";
import { refuseImpossible } from "./where";

const EXAMPLE = "pulumi stack export | npx --no -- pulumi-cake inventory -";

export function define(command: Command): Command {
  const exports = 'files with the output of "pulumi stack export"; "-": standard input';
  return complete(addOptions(command.argument("[exports...]", exports)), HELP, run);
}

async function run(files: readonly string[], options: Options): Promise<ExitCode> {
  const { report, redact } = await reportOn(files, options);
  for (const { file, format } of options.output)
    writeFileSafely(file, redact(printed(report, format, options.group, createColors(false))));
  process.stdout.write(
    redact(printed(report, options.format, options.group, colors, process.stdout.columns)),
  );
  return exitCodeOf(report, options.failOn ?? usualFailures(report.stacks.length > 0));
}

// Files first: a slip in one should not cost a reading of CAKE.
async function reportOn(
  files: readonly string[],
  options: Options,
): Promise<{ report: InventoryReport; redact: Redact }> {
  refuseIgnored(files, options);
  const saved = await stackSettings(options, process.env);
  const stacks: Stack[] = options.stack === undefined ? [] : [await exportedStack(options, process.env)];
  for (const file of files) stacks.push(await readFrom(file, EXAMPLE, stackFrom));
  const rules = rulesFrom(options.rules, saved["cake:rules"]);
  const { domain, instance: named, csv, affiliate, where, since } = options;
  refuseImpossible(where, { stack: stacks.map(({ name }) => name), rule: ruleIds(rules) });
  const earlier = since === undefined ? undefined : earlierFrom(readFile(since), since);
  const kind = options.source ?? (csv === undefined ? "list" : "csv");
  const affiliates = affiliate.length > 0 ? affiliate : affiliatesOf(stacks);
  const { sources, redact } = await readSources(
    { kind, domain, named, csv, affiliates, saved },
    process.env,
    systemClock,
  );
  refuseImpossible(where, {
    instance: sources.map(({ instance }) => instance),
    status: statusesIn(sources),
  });
  const report = inventoryOf({ takenAt: new Date(), sources, stacks, rules, where, earlier });
  return { report, redact };
}

// What would be ignored in silence was meant for something.
function refuseIgnored(files: readonly string[], options: Options): void {
  const { source, csv, affiliate, stack, where, failOn = [] } = options;
  const asked = where.flatMap(({ field, wanted }) => (field === "is" ? wanted : []));
  const words = [...failOn.map(optionWord), ...asked.map((word) => word.toLowerCase())];
  const compared = ALL_CONDITIONS.find((one) => about(one).needsStacks && words.includes(optionWord(one)));
  if (compared !== undefined && files.length === 0 && stack === undefined)
    throw new Error(
      `"${optionWord(compared)}" compares with stacks: name their exports, or one with --stack.`,
    );
  if (csv !== undefined && source !== undefined && source !== "csv")
    throw new Error("--csv reads a file instead of CAKE: leave --source out.");
  if (affiliate.length > 0 && source !== "campaigns")
    throw new Error("--affiliate says whose campaigns to read. To narrow the report: --where affiliate=2004");
  const places = files.map(placeOf);
  const twice = files.find((_, index) => places.indexOf(places[index] ?? "") !== index);
  if (twice !== undefined)
    throw new Error(`${twice} is given twice, so that all in it would be managed twice.`);
}

// One file has many paths. If there is none, reading it says so.
function placeOf(file: string): string {
  if (file === "-") return file;
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}

// CAKE gives its campaigns by affiliate only.
function affiliatesOf(stacks: readonly Stack[]): readonly number[] {
  const managed = stacks.flatMap(({ postbacks }) =>
    postbacks.flatMap(({ affiliateId }) => affiliateId ?? []),
  );
  return [...new Set(managed)].sort((one, other) => one - other);
}

function ruleIds({ own }: RuleSettings): string[] {
  return [...new Set([...builtInRules, ...own].map(({ id }) => id))].sort();
}

// CAKE may know more of them than its articles say.
function statusesIn(sources: readonly Source[]): string[] {
  const found = sources.flatMap(({ rows }) => rows.flatMap(({ status }) => status?.toLowerCase() ?? []));
  return [...new Set([...POSTBACK_STATUSES, ...found])];
}
