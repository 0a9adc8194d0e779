import { resolve } from "node:path";
import type { Command } from "commander";
import { systemClock } from "../../http/clock";
import { complete, type ExitCode } from "../command";
import { refuseOtherInstance, type SavedSettings } from "../input/instance";
import { readSources } from "../input/live/read";
import type { Source } from "../input/live/source";
import { stackFrom } from "../input/stacks";
import { readFile } from "../input/text";
import { type Destination, type Intake, takeIn, writeIntake } from "./intake";
import { addOptions, type Options } from "./options";
import { partnersIn } from "./partners";
import { type Plan, planFor } from "./plan";
import { changesText, NOTHING_TO_DO, nextSteps, planText, verifiedText, writtenText } from "./print";
import { Project } from "./project";
import { secretsIn, secretsLeft } from "./secretConfig";
import { idsInText } from "./select";
import { cakeSettings, stackFlag, type Target, targetOf } from "./stack";

const HELP = `
Reads what is live in CAKE, writes the TypeScript that declares it, and takes the records into the stack's state, so that
the next preview shows no change. Never writes to CAKE. Run it again as CAKE changes: it adds what is new and touches
nothing that is there. The key comes from CAKE_API_KEY, else from the stack's cake:apiKey.

Exit codes:
  0  done, or there was nothing to do
  1  done, and something needs a look: postbacks that cannot be declared, or a preview that shows changes
  2  nothing was adopted, or not all of it: the message says why, and running it again goes on

Examples:
  npx pulumi-cake adopt --dry-run
  npx pulumi-cake adopt --apply
  npx pulumi-cake adopt --affiliate 2004,2023 --status active
  npx pulumi-cake adopt --domain yourdomain.cakemarketing.com --state state.json`;

const DONE = 0;
const LOOK = 1;

export function define(command: Command): Command {
  return complete(addOptions(command), HELP, adopt);
}

async function adopt(options: Options): Promise<ExitCode> {
  const project = new Project(resolve(options.cwd), options.into);
  const target = await targetOf(project.folder, options, process.env);
  refuseOtherInstance(options.domain, savedSettings(target));
  const decided = decisions(options, project, target);
  const source = await readSource(options, target);
  const plan = planFor({ ...decided, source, stack: target.stack });
  console.log(planText(source, plan));
  const verdict = plan.unadoptable.length > 0 ? LOOK : DONE;
  if (plan.imports.length === 0) {
    console.log(NOTHING_TO_DO);
    return verdict;
  }
  if (options.dryRun) return verdict;
  const destination = { project, target, domain: source.instance, asState: options.writeState ?? false };
  const intake = writeIntake(plan, destination);
  writeCode(project, plan);
  if (options.apply) return (await apply(plan, intake, destination)) ? verdict : LOOK;
  console.log(nextSteps(intake.commands));
  return verdict;
}

async function readSource({ domain, acceptIncomplete }: Options, target: Target): Promise<Source> {
  const { sources } = await readSources(
    { kind: "list", domain, saved: savedSettings(target) },
    process.env,
    systemClock,
  );
  const [source] = sources;
  if (source === undefined) throw new Error("No instance was read.");
  if (source.flaws.length === 0 || acceptIncomplete) return source;
  throw new Error(
    `CAKE's list is not provably complete: ${source.flaws.join("; ")}. Nothing was adopted, because what it does not show would look as if it were not there. Run again later; --accept-incomplete adopts what was seen.`,
  );
}

/** What the user has decided, as far as it takes reading files. */
function decisions(options: Options, project: Project, target: Target) {
  const { affiliate: affiliates, offer: offers, host: hosts, status, ids, managedBy, partners } = options;
  return {
    selection: {
      ...{ affiliates, offers, hosts, status },
      ids: ids === undefined ? undefined : idsInText(readFile(ids), ids),
    },
    others: managedBy.map((file) => stackFrom(readFile(file), file)),
    code: project.code(),
    partners: partners === undefined ? new Map<number, string>() : partnersIn(partners),
    layout: options.layout,
    secrets: secretsIn(target, project.name),
    left: secretsLeft(project),
  };
}

function writeCode(project: Project, { files }: Plan): void {
  const main = project.mainWithPostbacks();
  project.writeCode(files);
  if (main !== undefined) project.writeMain(main);
  const written = [...files.keys()].map((name) => project.shownCode(name));
  console.log(writtenText(main === undefined ? written : [...written, project.shown(project.main)]));
}

async function apply({ imports }: Plan, intake: Intake, destination: Destination): Promise<boolean> {
  const { cli, given } = destination.target;
  console.error(`Importing ${imports.length} postbacks with the Pulumi CLI …`);
  await takeIn(intake, destination);
  console.error("Verifying with a preview …");
  const { same: _, ...changes } = (await cli?.preview()) ?? {};
  const isUnchanged = Object.keys(changes).length === 0;
  console.log(
    isUnchanged ? verifiedText(imports.length) : changesText(imports.length, changes, stackFlag(given)),
  );
  return isUnchanged;
}

function savedSettings(target: Target): SavedSettings {
  return Object.fromEntries(Object.entries(cakeSettings(target)).map(([name, { value }]) => [name, value]));
}
