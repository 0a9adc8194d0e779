import type { Plan } from "./plan";
import type { Project } from "./project";
import { SECRETS, SECRETS_FILE, secretsIn } from "./secretConfig";
import { cakeSettings, stackFlag, type Target } from "./stack";
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
  /** The whole secret configuration, where it is to be set. */
  readonly secrets: string | undefined;
  /** The commands that do it by hand. */
  readonly commands: readonly string[];
}

/** Writes the files of an intake. Throws a message for people, before anything is written. */
export function writeIntake(plan: Plan, destination: Destination): Intake {
  const { project, target, asState } = destination;
  const way = asState || !target.canImport ? byState : byImport;
  const secrets = secretsToSet(plan, destination);
  const file = project.writeAside(way.file, textOf(way, plan, destination));
  return { way, file, secrets, commands: commandsOf(way, file, secrets, destination) };
}

// The setting holds all secrets at once. Without a CLI there is no telling which of them it has, so it is set whenever
// a record needs one.
function secretsToSet(
  { imports, secrets, unknownSecrets }: Plan,
  { target, project }: Destination,
): string | undefined {
  const saved = secretsIn(target, project.name);
  const isCovered = Object.keys(secrets).every((name) => Object.hasOwn(saved, name));
  const isNeeded = target.cli !== undefined || imports.some(({ isSecret }) => isSecret);
  if (isCovered || !isNeeded) return undefined;
  if (target.cli === undefined && unknownSecrets.length > 0) throw new Error(wouldLose(unknownSecrets));
  return JSON.stringify(secrets);
}

function wouldLose(names: readonly string[]): string {
  return `The code refers to secrets whose values CAKE's list does not tell: ${names.join(", ")}. To set ${SECRETS} from here would lose them, because without the Pulumi CLI the stack's configuration cannot be read. Nothing was written. Run this where the Pulumi CLI is: there it keeps what the configuration has.`;
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

function commandsOf(
  way: Way,
  file: string,
  secrets: string | undefined,
  { project, target: { given } }: Destination,
): string[] {
  const aside = secrets === undefined ? undefined : project.writeAside(SECRETS_FILE, secrets);
  const flag = stackFlag(given);
  return [
    ...(aside === undefined
      ? []
      : [`pulumi config set --secret ${SECRETS}${flag} < ${project.shown(aside)}`]),
    `${way.command(project.shown(file))}${flag}`,
    `rm -r ${project.shown(project.aside)}    # its files hold URLs in clear text`,
    `pulumi preview --expect-no-changes${flag}`,
  ];
}

/** Takes the plan into the state. What is left to do after a failure, the next run does. */
export async function takeIn(
  { way, file, secrets }: Intake,
  { project, target }: Destination,
): Promise<void> {
  const { cli } = target;
  if (cli === undefined) throw new Error("There is no Pulumi CLI.");
  // Where they could not be set, their file stays: it may be the only one that has them.
  if (secrets !== undefined)
    await cli.setSecret(SECRETS, secrets).catch((error: unknown) => {
      throw new Error(notSet(error, project), { cause: error });
    });
  try {
    await way.takeIn(cli, file);
  } finally {
    project.removeAside();
  }
}

function notSet(error: unknown, project: Project): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message}\nThe code is written, and nothing was imported. The secrets are kept in ${project.shown(project.aside)}, in clear text: mend what Pulumi says and run this again, which sets them and removes the folder.`;
}
