import { CodedError, errorText } from "../../message";
import { TYPE_TOKEN } from "../../postback/postback";
import { withVariable } from "../../shellCommand";
import { PulumiError } from "../input/pulumi";
import { resourceName } from "../input/stackExport";
import { messages } from "./messages";
import type { Plan } from "./plan";
import type { Project } from "./project";
import { SECRETS } from "./secrets";
import type { StagingDir } from "./stagingDir";
import { importFileOf } from "./state";
import { stackFlag, type Target } from "./target";

/** Where a plan goes. */
export interface Destination {
  readonly project: Project;
  readonly staging: StagingDir;
  readonly target: Target;
  /** Host and port of the instance that the postbacks live on. */
  readonly domain: string;
}

// Windows PowerShell loses other letters in a pipe.
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Writes the files for an import by hand. @returns The commands that do it. */
export function stageImport({ imports, secrets }: Plan, destination: Destination): string[] {
  const { project, staging, target, domain } = destination;
  const flag = stackFlag(target.given);
  // Without the CLI what the setting holds besides cannot be read.
  const note = target.cli === undefined ? "    # replaces all that the setting holds" : "";
  const write = (...file: Parameters<StagingDir["write"]>) => project.shown(staging.write(...file));
  // Every shell has this pipe, and PowerShell no "<".
  const setSecrets = (file: string) => `cat ${file} | pulumi config set --secret ${SECRETS}${flag}${note}`;
  const importing = `pulumi import --file ${write("import.json", importFileOf(imports, domain))}`;
  return [
    ...(secrets === undefined ? [] : [setSecrets(write("secrets.json", asciiJson(secrets)))]),
    withVariable(
      "PULUMI_SKIP_CHECKPOINTS",
      "true",
      `${importing} --yes --skip-preview --generate-code=false${flag}`,
    ),
    `rm -r ${project.shown(staging.path)}    # its files hold URLs in clear text`,
    `pulumi preview --expect-no-changes${flag}`,
  ];
}

/**
 * Imports with the CLI, once a preview has shown that the program declares what is imported. After a failure the next
 * run does what is left. Throws a message for people.
 */
export async function runImport(
  { imports, secrets }: Plan,
  { project, staging, target: { cli }, domain }: Destination,
): Promise<void> {
  if (cli === undefined) throw new CodedError(messages.applyWithoutCli());
  if (secrets !== undefined)
    await cli.setSecret(SECRETS, JSON.stringify(secrets)).catch((error: unknown) => {
      // The message of the CLI's error has a next step of its own.
      const why = error instanceof PulumiError ? error.said : errorText(error);
      throw new CodedError(messages.secretsNotSet(why), { cause: error });
    });
  const { urns, errors } = await cli.preview();
  const names = new Set([...urns].filter((urn) => urn.includes(`::${TYPE_TOKEN}::`)).map(resourceName));
  const missing = imports.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  // Equal postbacks stop a preview until they are in the state, so it may not get to all of them.
  const isDeclared = errors.length === 0 ? missing.length === 0 : missing.length < imports.length;
  if (!isDeclared && errors.length > 0) throw new CodedError(messages.previewFailed(errors));
  if (!isDeclared)
    throw new CodedError(
      messages.notDeclared(missing, project.shown(project.program), project.programLine, project.list),
    );
  await staging.lend("import.json", importFileOf(imports, domain), (file) => cli.importResources(file));
}
