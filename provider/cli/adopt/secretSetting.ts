import * as v from "valibot";
import { messages } from "./messages";
import type { Target } from "./target";

/** The name of the secret setting that the generated code reads. */
export const SECRETS = "postbackSecrets";

/** The secret configuration so far. Throws a message for people. */
export function secretsIn({ settings }: Target, project: string): Record<string, string> {
  const text = settings[`${project}:${SECRETS}`]?.value;
  if (text === undefined) return {};
  try {
    return v.parse(v.record(v.string(), v.string()), JSON.parse(text));
  } catch {
    // What a parser says is wrong with a text quotes it.
    throw new Error(messages.badSecrets(SECRETS));
  }
}
