// Pulumi's property values: JSON plus secrets, unknowns and references to resources.

export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | PropertyValue[]
  | PropertyMap
  | Secret
  | Unknown
  | ResourceReference;

export interface PropertyMap {
  [key: string]: PropertyValue;
}

export class Secret {
  constructor(readonly element: PropertyValue) {}
}

/** A value that only an update will know; the sentinel is what stands for it on the wire. */
export class Unknown {
  constructor(readonly sentinel: string = unknownString) {}
}

export class ResourceReference {
  constructor(
    readonly urn: string,
    readonly id: PropertyValue | undefined,
    readonly packageVersion: string,
  ) {}
}

export const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const unknownSentinels: ReadonlySet<string> = new Set([
  unknownString,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export function isObject(value: PropertyValue | undefined): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Unknown) &&
    !(value instanceof ResourceReference)
  );
}

export function mapValues(map: PropertyMap, convert: (value: PropertyValue) => PropertyValue): PropertyMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, convert(value)]));
}

/** True when `found` holds for the value or for anything inside it. */
export function someValue(value: PropertyValue, found: (value: PropertyValue) => boolean): boolean {
  if (found(value)) return true;
  if (value instanceof Secret) return someValue(value.element, found);
  if (value instanceof ResourceReference) return value.id !== undefined && someValue(value.id, found);
  if (Array.isArray(value)) return value.some((item) => someValue(item, found));
  if (isObject(value)) return Object.values(value).some((item) => someValue(item, found));
  return false;
}

export const containsUnknowns = (value: PropertyValue): boolean =>
  someValue(value, (inner) => inner instanceof Unknown);

export const containsSecrets = (value: PropertyValue): boolean =>
  someValue(value, (inner) => inner instanceof Secret);

export function unwrapSecrets(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return unwrapSecrets(value.element);
  if (Array.isArray(value)) return value.map(unwrapSecrets);
  if (isObject(value)) return mapValues(value, unwrapSecrets);
  return value;
}

export const unwrapSecretsIn = (map: PropertyMap): PropertyMap => mapValues(map, unwrapSecrets);

/**
 * A provider that knows no secrets gets and returns plain values: what was secret under a name stays secret
 * under that name. Objects are walked; an array or scalar becomes secret as a whole.
 */
export function annotateSecrets(outputs: PropertyMap, inputs: PropertyMap): void {
  for (const [key, input] of Object.entries(inputs)) {
    const output = outputs[key];
    if (output === undefined) continue;
    if (isObject(output) && isObject(input)) annotateSecrets(output, input);
    else if (!(output instanceof Secret) && containsSecrets(input)) outputs[key] = new Secret(output);
  }
}

export function deepEquals(a: PropertyValue, b: PropertyValue): boolean {
  if (a instanceof Secret || b instanceof Secret)
    return a instanceof Secret && b instanceof Secret && deepEquals(a.element, b.element);
  if (a instanceof Unknown || b instanceof Unknown) return a instanceof Unknown && b instanceof Unknown;
  if (a instanceof ResourceReference || b instanceof ResourceReference)
    return a instanceof ResourceReference && b instanceof ResourceReference && a.urn === b.urn;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((v, i) => deepEquals(v, b[i] ?? null))
    );
  if (isObject(a) || isObject(b)) return isObject(a) && isObject(b) && deepEqualsMap(a, b);
  return a === b;
}

/** As the engine sees it, a missing key equals a null. */
export function deepEqualsMap(a: PropertyMap, b: PropertyMap): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => deepEquals(a[key] ?? null, b[key] ?? null));
}

export function deepCopy(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return value.map(deepCopy);
  if (isObject(value)) return mapValues(value, deepCopy);
  return value;
}
