import * as v from "valibot";
import { CodedError } from "../../message";
import type { Source } from "../input/live/source";
import type { AdoptedPostback } from "./adopted";
import { secretsOf } from "./code/secretParts";
import { messages } from "./messages";
import type { Target } from "./target";

/** The name of the secret setting that the generated code reads. */
export const SECRETS = "postbackSecrets";

/** Values of secrets, by name. */
export type Secrets = Readonly<Record<string, string>>;

/** What the setting holds so far; undefined where it cannot be read. Throws a message for people. */
export function savedSecrets({ cli, settings }: Target, project: string): Secrets | undefined {
  if (cli === undefined) return undefined;
  const text = settings[`${project}:${SECRETS}`];
  try {
    return v.parse(v.record(v.string(), v.string()), JSON.parse(text ?? "{}"));
  } catch {
    // What a parser says is wrong with a text quotes it.
    throw new CodedError(messages.secretsInvalid(SECRETS));
  }
}

/** The values of the secrets that are listed, as live URLs show them. Of two values for one name neither counts. */
export function liveSecrets({ rows }: Source, listed: readonly AdoptedPostback[]): Secrets {
  const urls = new Map(rows.map(({ id, url }) => [id, url]));
  const values = new Map<string, Set<string>>();
  for (const { id, secrets: names } of listed) {
    const live = names.length === 0 ? [] : secretsOf(urls.get(id) ?? "");
    if (live.length !== names.length) continue;
    for (const [index, name] of names.entries())
      values.set(name, (values.get(name) ?? new Set()).add(live[index]?.value ?? ""));
  }
  const certain = [...values].filter(([, { size }]) => size === 1);
  return Object.fromEntries(certain.map(([name, [value = ""]]) => [name, value]));
}

/**
 * What the setting is to hold, which is all secrets at once; undefined if it may stay as it is. Throws a message for
 * people if it would lose one.
 *
 * @param needed The names that an import needs.
 * @param listed The names that any code needs.
 */
export function secretsToSet(
  saved: Secrets | undefined,
  known: Secrets,
  needed: readonly string[],
  listed: readonly string[],
): Secrets | undefined {
  if (needed.every((name) => Object.hasOwn(saved ?? {}, name))) return undefined;
  if (saved !== undefined) return { ...saved, ...pick(known, needed) };
  const unknown = listed.filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0) throw new CodedError(messages.secretsUnknown(unknown, SECRETS));
  return pick(known, listed);
}

function pick(values: Secrets, names: readonly string[]): Secrets {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? ""]));
}
