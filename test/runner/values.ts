// Property values as they travel: plain JSON, with signed objects for secrets and a fixed text for what is unknown.
import type { Bag } from "../host/support/proto";
import type { PropertyChange } from "./types";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
export const HIDDEN = "[secret]";

function isObject(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSecret(value: unknown): value is Bag {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

/** A value without the marks of secrets, which a dynamic provider does not take. */
export function plain(value: unknown): unknown {
  if (isSecret(value)) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  return isObject(value) ? plainBag(value) : value;
}

export function plainBag(bag: Bag): Bag {
  return Object.fromEntries(Object.entries(bag).map(([key, value]) => [key, plain(value)]));
}

/** The names of the properties that hold a secret anywhere. */
export function secretKeys(bag: Bag): string[] {
  return Object.keys(bag).filter((key) => JSON.stringify(bag[key])?.includes(SECRET));
}

/** A bag with these properties marked as secrets, as far as it has them. */
export function withSecrets(bag: Bag, keys: ReadonlySet<string>): Bag {
  return mapped(bag, keys, (value) => ({ [SIGNATURE]: SECRET, value }));
}

/** A bag that may be shown. */
export function withoutSecrets(bag: Bag, keys: ReadonlySet<string>): Bag {
  return mapped(bag, keys, () => HIDDEN);
}

function mapped(bag: Bag, keys: ReadonlySet<string>, change: (value: unknown) => unknown): Bag {
  const entries = Object.entries(bag).map(([key, value]) => [key, keys.has(key) ? change(value) : value]);
  return Object.fromEntries(entries);
}

/** Every difference between two bags, leaf by leaf. Keys that start with `__` belong to the machinery. */
export function changesBetween(olds: Bag, news: Bag, prefix = ""): PropertyChange[] {
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
  return keys.flatMap((key) =>
    key.startsWith("__") ? [] : changesAt(`${prefix}${key}`, olds[key] ?? undefined, news[key] ?? undefined),
  );
}

function changesAt(path: string, old: unknown, now: unknown): PropertyChange[] {
  if (isObject(old) && isObject(now)) return changesBetween(old, now, `${path}.`);
  if (JSON.stringify(old) === JSON.stringify(now)) return [];
  const kind = old === undefined ? "add" : now === undefined ? "delete" : "update";
  return [{ path, kind, ...shown("old", old), ...shown("new", now) }];
}

function shown(side: "old" | "new", value: unknown): Partial<PropertyChange> {
  return value === undefined || value === UNKNOWN ? {} : { [side]: value };
}

/** The settings of a provider that are known, as it is configured with them. */
export function knownOnly(bag: Bag): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([, value]) => plain(value) !== UNKNOWN));
}
