import type { Plan } from "./plan";
import type { Project } from "./project";
import { cakeSettings, SECRETS, secretsIn, type Target } from "./stack";
import { byImport, byState, type Way } from "./ways";

/** Where a plan goes. */
export interface Destination {
  readonly project: Project;
  readonly target: Target;
  /** Host and port of the instance that the postbacks live on. */
  readonly domain: string;
  /** Whether the whole state is to be written, whatever the CLI can do. */
  readonly asState: boolean;
}

/** What brings a plan into the stack. The files hold URLs in clear text, so they lie aside. */
export interface Intake {
  readonly way: Way;
  readonly file: string;
  /** The whole secret configuration, where the plan adds to it. */
  readonly secrets: string | undefined;
  /** The commands that do it by hand. */
  readonly commands: readonly string[];
}

/** Writes the files of an intake. */
export function writeIntake(plan: Plan, destination: Destination): Intake {
  const { project, target, asState } = destination;
  const way = asState || !target.canImport ? byState : byImport;
  const file = project.writeAside(way.file, textOf(way, plan, destination));
  const isAdded = Object.keys(plan.secrets).length > 0;
  const all = { ...secretsIn(target, project.name), ...plan.secrets };
  const secrets = isAdded ? JSON.stringify(all) : undefined;
  return { way, file, secrets, commands: commandsOf(way, file, secrets, project) };
}

function textOf(way: Way, { imports }: Plan, { project, target, domain }: Destination): string {
  const { exported, name } = target;
  if (way === byState && name === undefined) throw new Error(NO_NAME);
  return way.text({
    ...{ rows: imports, domain, exported, settings: cakeSettings(target) },
    name: { project: project.name, stack: name?.split("/").at(-1) ?? "" },
  });
}

const NO_NAME =
  "An empty state does not tell the name of its stack, which stands in all that is written: name it with --stack.";

function commandsOf(way: Way, file: string, secrets: string | undefined, project: Project): string[] {
  const aside = secrets === undefined ? undefined : project.writeAside("secrets.json", secrets);
  return [
    ...(aside === undefined ? [] : [`pulumi config set --secret ${SECRETS} < ${project.shown(aside)}`]),
    way.command(project.shown(file)),
    `rm -r ${project.shown(project.aside)}    # its files hold URLs in clear text`,
    "pulumi preview --expect-no-changes",
  ];
}

/** Takes the plan into the state. What is left to do after a failure, the next run does. */
export async function takeIn(
  { way, file, secrets }: Intake,
  { project, target }: Destination,
): Promise<void> {
  const { cli } = target;
  if (cli === undefined) throw new Error("There is no Pulumi CLI.");
  try {
    if (secrets !== undefined) await cli.setSecret(SECRETS, secrets);
    await way.takeIn(cli, file);
  } finally {
    project.removeAside();
  }
}
