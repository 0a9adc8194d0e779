import { TYPE_TOKEN } from "../../postback/postback";
import { nameOf } from "../input/stackExport";
import { withPostbacks } from "./deployment";
import { byImport, byState, type ImportStrategy } from "./importStrategies";
import { messages } from "./messages";
import type { Plan } from "./plan";
import type { Project } from "./project";
import type { AdoptedRow } from "./row";
import { SECRETS } from "./secrets";
import type { StagingDir } from "./stagingDir";
import { importFileOf } from "./state";
import { cakeSettings, stackFlag, type Target } from "./target";

/** Where a plan goes. */
export interface Destination {
  readonly project: Project;
  readonly staging: StagingDir;
  readonly target: Target;
  /** Host and port of the instance that the postbacks live on. */
  readonly domain: string;
  /** Whether the whole state is to be written, whatever the CLI can do. */
  readonly asState: boolean;
}

/** What brings a plan into the stack. Its texts hold URLs and secrets in clear text. */
export interface ImportPlan {
  readonly strategy: ImportStrategy;
  readonly text: string;
  /** The whole secret configuration, where it is to be set. */
  readonly secrets: string | undefined;
}

/** Plans the import. No I/O; throws a message for people. */
export function importPlan({ imports, secrets }: Plan, destination: Destination): ImportPlan {
  const { target, domain, asState } = destination;
  const isState = asState || !target.canImport;
  return {
    strategy: isState ? byState : byImport,
    text: isState ? stateText(imports, destination) : importFileOf(imports, domain),
    secrets: secrets && JSON.stringify(secrets),
  };
}

function stateText(rows: readonly AdoptedRow[], { project, target, domain }: Destination): string {
  const { name, exported } = target;
  if (name === undefined) throw new Error(messages.noStackName);
  const stack = { project: project.name, stack: name.split("/").at(-1) ?? "" };
  return `${JSON.stringify(withPostbacks(JSON.parse(exported), stack, rows, domain, cakeSettings(target)))}\n`;
}

/** Writes the files for an import by hand. @returns The commands that do it. */
export function stageImport({ strategy, text, secrets }: ImportPlan, destination: Destination): string[] {
  const { project, staging, target } = destination;
  const flag = stackFlag(target.given);
  // Without the CLI what the setting holds besides cannot be read.
  const note = target.cli === undefined ? "    # replaces all that the setting holds" : "";
  const file = project.shown(staging.write(strategy.file, text));
  const secretsFile =
    secrets === undefined ? undefined : project.shown(staging.write("secrets.json", secrets));
  return [
    ...(secretsFile === undefined
      ? []
      : [`pulumi config set --secret ${SECRETS}${flag} < ${secretsFile}${note}`]),
    `${strategy.command(file)}${flag}`,
    `rm -r ${project.shown(staging.path)}    # its files hold URLs in clear text`,
    `pulumi preview --expect-no-changes${flag}`,
  ];
}

/**
 * Imports with the CLI, once a preview has shown that the program declares what is imported. After a failure the next
 * run does what is left. Throws a message for people.
 */
export async function runImport(
  { strategy, text, secrets }: ImportPlan,
  { imports }: Plan,
  { project, staging, target: { cli } }: Destination,
): Promise<void> {
  if (cli === undefined) throw new Error(messages.applyWithoutCli);
  if (secrets !== undefined)
    await cli.setSecret(SECRETS, secrets).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(messages.secretsNotSet(why), { cause: error });
    });
  const { urns, errors } = await cli.preview();
  const names = new Set([...urns].filter((urn) => urn.includes(`::${TYPE_TOKEN}::`)).map(nameOf));
  const lacking = imports.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  // Equal postbacks stop a preview until they are in the state, so it may not get to all of them.
  const isDeclared = errors.length === 0 ? lacking.length === 0 : lacking.length < imports.length;
  if (!isDeclared && errors.length > 0) throw new Error(messages.previewFailed(errors));
  if (!isDeclared)
    throw new Error(
      messages.notDeclared(lacking, project.shown(project.program), project.programLine, project.list),
    );
  try {
    await strategy.run(cli, staging.write(strategy.file, text));
  } finally {
    staging.remove();
  }
}
