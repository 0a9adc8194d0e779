import { isSecret, SECRET_MARK } from "../door/secretMark";
import type { Properties } from "../lifecycle/serializeErrors";
import { Struct } from "./proto";

/** Properties on their way. */
export type StructMessage = InstanceType<typeof Struct>;

/** Properties in the clear, as the lifecycle takes them, and which of them are secret. */
export interface Unwrapped {
  readonly bag: Properties;
  /** The names of the properties that hold a secret, at any depth. */
  readonly secrets: readonly string[];
}

/** Opens what the engine sends. */
export function unwrap(struct: StructMessage | undefined): Unwrapped {
  const sent: Properties = struct?.toJavaScript() ?? {};
  const secrets = Object.keys(sent).filter((name) => holdsMark(sent[name]));
  return { bag: plain(sent) as Properties, secrets };
}

/** Closes what the engine gets: a property that holds a secret is secret as a whole. */
export function wrap(bag: object, secrets: readonly string[]): StructMessage {
  const entries = Object.entries(bag).filter(([, value]) => value !== undefined);
  const wrapped = entries.map(([name, value]) => [name, secrets.includes(name) ? secret(value) : value]);
  return Struct.fromJavaScript(Object.fromEntries(wrapped));
}

/** A value as the engine takes a secret. */
export function secret(value: unknown): Properties {
  return { ...SECRET_MARK, value };
}

function holdsMark(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && (isSecret(value) || Object.values(value).some(holdsMark))
  );
}

function plain(value: unknown): unknown {
  if (isSecret(value)) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
}
