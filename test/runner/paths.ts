// Property paths as resource options write them: `a.b`, `a["b c"]`, `a[0]`, `a.*`.
import { deepCopy, isObject, type PropertyMap, type PropertyValue, Secret } from "./values";

export type PropertyPath = (string | number)[];

export function parsePath(text: string): PropertyPath {
  const path: PropertyPath = [];
  const token = /\.?([^.[\]"]+)|\[(\d+|\*)\]|\["((?:[^"\\]|\\.)*)"\]/y;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) throw new Error(`"${text}" is not a property path`);
    path.push(componentOf(match));
  }
  return path;
}

function componentOf([, name, index, quoted]: RegExpExecArray): string | number {
  if (name !== undefined) return name;
  if (index !== undefined) return index === "*" ? "*" : Number(index);
  return (quoted ?? "").replace(/\\(.)/g, "$1");
}

export function formatPath(path: PropertyPath): string {
  return path
    .map((part, position) => {
      if (typeof part === "number") return `[${part}]`;
      if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(part)) return `[${JSON.stringify(part)}]`;
      return position === 0 ? part : `.${part}`;
    })
    .join("");
}

export const pathContains = (outer: PropertyPath, inner: PropertyPath): boolean =>
  outer.length <= inner.length && outer.every((part, position) => part === "*" || part === inner[position]);

/**
 * `ignoreChanges`: each path gets its old value back. Returns the paths that cannot be reset, because only one of
 * the two sides has the place they name.
 */
export function ignoreChanges(
  inputs: PropertyMap,
  oldInputs: PropertyMap,
  paths: string[],
): { inputs: PropertyMap; invalid: string[] } {
  const result = deepCopy(inputs) as PropertyMap;
  const invalid = paths.filter((path) => !reset(parsePath(path), oldInputs, result, false));
  return { inputs: result, invalid };
}

function reset(
  path: PropertyPath,
  wrappedOld: PropertyValue,
  wrappedNew: PropertyValue,
  secret: boolean,
): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return false;
  const oldValue = wrappedOld instanceof Secret ? wrappedOld.element : wrappedOld;
  const newValue = wrappedNew instanceof Secret ? wrappedNew.element : wrappedNew;
  const becomesSecret = secret || (wrappedOld instanceof Secret && !(wrappedNew instanceof Secret));
  if (key === "*")
    return keysOf(oldValue, newValue).every((each) => reset([each, ...rest], wrappedOld, wrappedNew, secret));
  if (typeof key === "number") return resetElement(key, rest, oldValue, newValue, becomesSecret);
  return resetField(key, rest, oldValue, newValue, becomesSecret);
}

function keysOf(a: PropertyValue, b: PropertyValue): PropertyPath {
  if (Array.isArray(a) && Array.isArray(b)) return [...(a.length > b.length ? a : b).keys()];
  if (isObject(a) && isObject(b)) return [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return [];
}

function resetElement(
  index: number,
  rest: PropertyPath,
  oldValue: PropertyValue,
  newValue: PropertyValue,
  secret: boolean,
): boolean {
  if (!Array.isArray(oldValue) || !Array.isArray(newValue))
    return !Array.isArray(oldValue) && !Array.isArray(newValue);
  const before = oldValue[index];
  const after = newValue[index];
  if (before === undefined || after === undefined)
    return rest.length === 0 && before === undefined && after === undefined;
  if (rest.length > 0) return reset(rest, before, after, secret);
  newValue[index] = marked(before, secret);
  return true;
}

function resetField(
  key: string,
  rest: PropertyPath,
  oldValue: PropertyValue,
  newValue: PropertyValue,
  secret: boolean,
): boolean {
  if (rest.length === 0) return resetLeaf(key, oldValue, newValue, secret);
  if (!isObject(oldValue) || !isObject(newValue)) return !isObject(oldValue) && !isObject(newValue);
  const before = oldValue[key];
  const after = newValue[key];
  if (after === undefined) return before === undefined;
  return reset(rest, before ?? null, after, secret);
}

function resetLeaf(key: string, oldValue: PropertyValue, newValue: PropertyValue, secret: boolean): boolean {
  const before = isObject(oldValue) ? oldValue[key] : undefined;
  if (!isObject(newValue)) return before === undefined;
  if (before === undefined) delete newValue[key];
  else newValue[key] = marked(before, secret);
  return true;
}

const marked = (value: PropertyValue, secret: boolean): PropertyValue =>
  secret && !(value instanceof Secret) ? new Secret(value) : value;
