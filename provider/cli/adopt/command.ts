import { resolve } from "node:path";
import type { Command } from "commander";
import { systemClock } from "../../http/clock";
import { CodedError } from "../../message";
import { maskText } from "../../postback/secrets";
import { COULD_NOT_JUDGE, complete, type ExitCode } from "../command";
import { readSources } from "../input/live/read";
import type { Source } from "../input/live/source";
import { stackFrom } from "../input/stacks";
import { readFile } from "../input/text";
import { safeJson } from "../output/json";
import { HELP } from "./help";
import { type Destination, runImport, stageImport } from "./importPlan";
import { messages, phrases } from "./messages";
import { addOptions, type Options } from "./options";
import { readPartners } from "./partners";
import { type Plan, type PlanInputs, planFor } from "./plan";
import { pretty } from "./pretty";
import { Project } from "./project";
import { type AdoptReport, isUnchanged } from "./report";
import { savedSecrets } from "./secrets";
import { idsInText } from "./select";
import { StagingDir } from "./stagingDir";
import { stackFlag, type Target, targetOf } from "./target";

export function define(command: Command): Command {
  return complete(addOptions(command), HELP, adopt);
}

async function adopt(options: Options): Promise<ExitCode> {
  const project = new Project(resolve(options.cwd), options.outDir);
  const staging = new StagingDir(project.folder);
  staging.refuseLinks();
  const adopted = project.adopted();
  const target = await targetOf(project.folder, options, process.env);
  const decided = decisions(options, project, target);
  const source = await readList(options, target);
  if (adopted !== undefined && !source.hosts.includes(adopted.instance))
    throw new CodedError(messages.otherInstance(project.list, adopted.instance, source.instance));
  const inputs = { ...decided, adopted, source, stack: target.stack };
  const plan = planFor(inputs);
  const destination = { project, staging, target, domain: source.instance };
  const report = await execute(plan, reportOf(plan, inputs, project), options, destination);
  console.log(options.format === "json" ? safeJson(report, 2) : pretty(report));
  return exitCodeOf(report);
}

async function readList({ domain, allowPartial }: Options, target: Target): Promise<Source> {
  const saved = target.settings;
  const { sources } = await readSources({ kind: "list", domain, saved }, process.env, systemClock);
  const [source] = sources;
  if (source === undefined) throw new Error("No instance was read.");
  if (source.incomplete.length === 0 || allowPartial) return source;
  throw new CodedError(messages.listIncomplete(source.incomplete));
}

/** What the user has decided, as far as it takes reading files. */
function decisions(options: Options, project: Project, target: Target) {
  const { affiliate: affiliates, offer: offers, host: hosts, status, partners } = options;
  const ids = options.ids === undefined ? undefined : idsInText(readFile(options.ids), options.ids);
  return {
    selection: { affiliates, offers, hosts, status, ids },
    others: options.managedBy.map((file) => stackFrom(readFile(file), file)),
    partners: partners === undefined ? new Map<number, string>() : readPartners(partners),
    fileNames: project.fileNames(),
    layout: options.layout,
    saved: savedSecrets(target, project.name),
  };
}

function reportOf(plan: Plan, { source, selection, partners }: PlanInputs, project: Project): AdoptReport {
  const live = new Set(source.rows.map(({ id }) => id));
  const affiliates = new Set(source.rows.map(({ affiliateId }) => affiliateId));
  return {
    version: 1,
    instance: source.instance,
    live: live.size,
    calls: source.calls,
    incomplete: source.incomplete,
    selected: plan.selected,
    managed: plan.managed,
    managedElsewhere: plan.managedElsewhere,
    toAdopt: plan.fresh,
    writtenNotImported: plan.writtenNotImported,
    notAdoptable: plan.notAdoptable.map(({ postbackId, reason }) => ({
      id: postbackId,
      reason: maskText(reason),
    })),
    unknownPartners: [...partners.keys()].filter((id) => !affiliates.has(id)),
    unknownIds: [...(selection.ids ?? [])].filter((id) => !live.has(id)),
    written: [],
    program: project.shown(project.program),
    programLine: null,
    next: [],
    imported: 0,
    preview: null,
  };
}

/** Writes the list, then the code, then imports or says how to. A run that ends between two of them is finished by the next. */
async function execute(
  plan: Plan,
  report: AdoptReport,
  { dryRun, apply }: Options,
  destination: Destination,
): Promise<AdoptReport> {
  if (dryRun) return report;
  const { project, staging, target } = destination;
  // A run that was killed may have left them.
  if (apply) staging.remove();
  if (plan.imports.length === 0) return report;
  const written = project.write(plan.files);
  const { programLine } = project;
  if (!apply) return { ...report, written, programLine, next: stageImport(plan, destination) };
  console.error(phrases.importing(plan.imports.length));
  await runImport(plan, destination);
  console.error(phrases.verifying);
  const { changes = {}, errors = [] } = (await target.cli?.preview()) ?? {};
  const verified = { ...report, written, imported: plan.imports.length, preview: { changes, errors } };
  const next = isUnchanged(verified) ? [] : [`pulumi preview --diff${stackFlag(target.given)}`];
  return { ...verified, next };
}

function exitCodeOf(report: AdoptReport): ExitCode {
  const { selected, writtenNotImported, notAdoptable, unknownIds, unknownPartners } = report;
  // A typo must not look like an instance without postbacks.
  if (selected === 0 && writtenNotImported.length === 0) return COULD_NOT_JUDGE;
  const isClean = [notAdoptable, unknownIds, unknownPartners].every(({ length }) => length === 0);
  return isClean && isUnchanged(report) ? 0 : 1;
}
