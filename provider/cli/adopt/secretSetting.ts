import { join } from "node:path";
import * as v from "valibot";
import type { Project } from "./project";
import type { Target } from "./stack";

/** The name of the secret setting that the generated code reads. */
export const SECRETS = "postbackSecrets";

/** The file that holds what the setting is to be, until it is set. */
export const SECRETS_FILE = "secrets.json";

/** The secret configuration so far. Throws a message for people. */
export function secretsIn({ settings }: Target, project: string): Record<string, string> {
  return secretsFrom(settings[`${project}:${SECRETS}`]?.value, `The setting ${SECRETS} of the stack`);
}

/** The secrets in the file of an earlier run. Where it was never set, they may stand nowhere else. */
export function secretsLeft(project: Project): Record<string, string> {
  const file = project.shown(join(project.aside, SECRETS_FILE));
  return secretsFrom(project.leftAside(SECRETS_FILE), `${file}, which an earlier run left,`);
}

const texts = v.record(v.string(), v.string());

// What a parser says is wrong with a text quotes it.
function secretsFrom(text: string | undefined, where: string): Record<string, string> {
  if (text === undefined) return {};
  try {
    return v.parse(texts, JSON.parse(text));
  } catch {
    throw new Error(
      `${where} should be a JSON object with a text for each name. It may hold secrets that stand nowhere else, so nothing was written. Mend or remove it, then run this again.`,
    );
  }
}
