import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { createColors } from "picocolors";
import { systemClock } from "../../http/clock";
import type { Redact } from "../../http/redact";
import { attempt } from "../../lifecycle/attempt";
import { CodedError } from "../../message";
import { POSTBACK_STATUSES } from "../../postback/postback";
import { builtInRules } from "../../postback/rules/builtInRules";
import type { RuleSettings } from "../../postback/rules/rule";
import { maskText } from "../../postback/secrets";
import { complete, type ExitCode } from "../command";
import { progressOn } from "../input/live/progress";
import { readSources } from "../input/live/read";
import type { Source } from "../input/live/source";
import { rulesFrom } from "../input/rules";
import { stackSettings } from "../input/stackSettings";
import { exportStack, parseStack, type Stack } from "../input/stacks";
import { readFile, readFrom } from "../input/text";
import { colors } from "../output/colors";
import { terminalWidth } from "../output/terminalWidth";
import { writeFileSafely } from "../output/writeFile";
import { buildCheckedReport, buildReport } from "./buildReport";
import { parseEarlierReport } from "./compareReports";
import { ALL_CONDITIONS, about, optionWord, usualFailures } from "./conditions";
import { exitCodeOf } from "./exitCode";
import { refuseUnknownValues } from "./filters";
import { formatReport } from "./formats";
import { HELP } from "./help";
import { checkFromHere, type HostChecks } from "./hosts/checkHosts";
import { messages } from "./messages";
import { addOptions, type Options } from "./options";
import type { InventoryReport } from "./report";

const EXAMPLE = "pulumi stack export | npx --no -- pulumi-cake inventory -";

export function define(command: Command): Command {
  return complete(addOptions(command), HELP, run);
}

async function run(files: readonly string[], options: Options): Promise<ExitCode> {
  const { report, redact } = await reportOn(files, options);
  for (const { file, format } of options.output)
    writeFileSafely(file, redact(formatReport(report, format, options.group, createColors(false))));
  process.stdout.write(redact(formatReport(report, options.format, options.group, colors, terminalWidth())));
  return exitCodeOf(report, options.failOn ?? usualFailures(report.stacks.length > 0));
}

// Files first: a slip in one should not cost a reading of CAKE.
async function reportOn(
  files: readonly string[],
  options: Options,
): Promise<{ report: InventoryReport; redact: Redact }> {
  refuseIgnored(files, options);
  const saved = await stackSettings(options, process.env);
  const stacks: Stack[] = options.stack === undefined ? [] : [await exportStack(options, process.env)];
  for (const file of files) stacks.push(await readFrom(file, EXAMPLE, parseStack));
  const rules = rulesFrom(options.rules, saved["cake:rules"]);
  const { domain, instance: named, csv, affiliate, where, since } = options;
  refuseUnknownValues(where, { stack: stacks.map(({ name }) => name), rule: ruleIds(rules) });
  const earlier = since === undefined ? undefined : parseEarlierReport(readFile(since), since);
  const kind = options.source ?? (csv === undefined ? "list" : "csv");
  const affiliates = affiliate.length > 0 ? affiliate : affiliatesOf(stacks);
  const { sources, redact } = await readSources(
    { kind, domain, named, csv, affiliates, saved },
    process.env,
    systemClock,
  );
  refuseUnknownValues(where, {
    instance: sources.map(({ instance }) => instance),
    status: statusesIn(sources),
  });
  const facts = { takenAt: new Date(), sources, stacks, rules, where, earlier };
  const report = options.checkHosts ? await buildCheckedReport(facts, checkHosts) : buildReport(facts);
  return { report, redact };
}

async function checkHosts(origins: readonly URL[]): Promise<HostChecks> {
  const progress = progressOn(process.stderr, "Checking hosts");
  try {
    return await checkFromHere(origins, process.env, progress.onPage);
  } finally {
    progress.done();
  }
}

// What would be ignored in silence was meant for something.
function refuseIgnored(files: readonly string[], options: Options): void {
  const { source, csv, affiliate, stack, where, failOn = [] } = options;
  const asked = where.flatMap(({ field, wanted }) => (field === "is" ? wanted : []));
  const words = [...failOn.map(optionWord), ...asked.map((word) => word.toLowerCase())];
  const named = ALL_CONDITIONS.filter((one) => words.includes(optionWord(one)));
  const compared = named.find((one) => about(one).needsStacks);
  if (compared !== undefined && files.length === 0 && stack === undefined)
    throw new CodedError(messages.needsStacks(optionWord(compared)));
  const checked = named.find((one) => about(one).needsHosts);
  if (checked !== undefined && !options.checkHosts)
    throw new CodedError(messages.needsHosts(optionWord(checked)));
  if (csv !== undefined && source !== undefined && source !== "csv")
    throw new CodedError(messages.csvAndSource(source));
  if (affiliate.length > 0 && source !== "campaigns")
    throw new CodedError(messages.affiliateWithoutCampaigns());
  const places = files.map(placeOf);
  const twice = files.find((_, index) => places.indexOf(places[index] ?? "") !== index);
  if (twice !== undefined) throw new CodedError(messages.exportTwice(maskText(twice)));
}

// One file has many paths, and some folders know it by capitals and by small letters. If there is none, reading it says so.
function placeOf(file: string): string {
  if (file === "-") return file;
  const found = attempt(() => statSync(file, { bigint: true }));
  // Some network drives number no files.
  return found === undefined || found.ino === 0n ? resolve(file) : `${found.dev}:${found.ino}`;
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
