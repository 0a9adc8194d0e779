import { inTemplate } from "./literal";
import type { Reference } from "./scan";
import { stretchesOf } from "./secrets";

/**
 * The values of the secrets that code refers to, by name, as the live URLs tell them. Where two URLs give two values for
 * one name, there is no telling which is meant.
 *
 * @param references What each declaration refers to, by the id of its record.
 * @param urls The live URLs by the ids of the records.
 */
export function liveSecrets(
  references: ReadonlyMap<number, readonly Reference[]>,
  urls: ReadonlyMap<number, string>,
): Record<string, string> {
  const values = new Map<string, Set<string>>();
  for (const [id, ofUrl] of references)
    for (const { name, value } of secretsIn(urls.get(id) ?? "", ofUrl)) {
      const known = values.get(name);
      if (known) known.add(value);
      else values.set(name, new Set([value]));
    }
  return Object.fromEntries(
    [...values].flatMap(([name, [value = "", ...others]]) => (others.length > 0 ? [] : [[name, value]])),
  );
}

// By the parameter, and not by the place: a partner's order may have changed since the code was written.
function secretsIn(url: string, references: readonly Reference[]): { name: string; value: string }[] {
  const secrets = stretchesOf(url).filter((one) => one.kind === "secret");
  const parameters = new Set(secrets.map(({ parameter }) => parameter));
  return [...parameters].flatMap((parameter) => {
    const values = secrets.filter((one) => one.parameter === parameter);
    const names = references.filter((one) => isFor(one, parameter));
    if (names.length !== values.length) return [];
    return values.map(({ value }, index) => ({ name: names[index]?.name ?? "", value }));
  });
}

function isFor({ before }: Reference, parameter: string): boolean {
  return ["?", "&"].some((separator) => before.endsWith(inTemplate(`${separator}${parameter}=`)));
}
