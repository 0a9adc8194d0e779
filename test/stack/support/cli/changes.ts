import { withoutSecrets } from "./secrets";
import type { JsonObject, JsonValue, PropertyChange } from "./types";

/** What stands for a value that is known only after the update. Source: pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The inputs that differ, leaf by leaf, as people may see them. Keys that start with `__` belong to the machinery. */
export function changesBetween(olds: JsonObject, news: JsonObject): PropertyChange[] {
  const [before, after] = [withoutSecrets(olds), withoutSecrets(news)];
  return changesAt("", before, after).filter(({ path }) => !path.startsWith("__"));
}

function changesAt(path: string, old: JsonValue | undefined, now: JsonValue | undefined): PropertyChange[] {
  if (isAbsent(old)) return isAbsent(now) ? [] : [{ path, kind: "add", ...known("new", now) }];
  if (isAbsent(now)) return [{ path, kind: "delete", ...known("old", old) }];
  if (Array.isArray(old) && Array.isArray(now)) {
    const length = Math.max(old.length, now.length);
    return Array.from({ length }, (_, index) =>
      changesAt(`${path}[${index}]`, old[index], now[index]),
    ).flat();
  }
  if (isObject(old) && isObject(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    return keys.flatMap((key) => changesAt(path === "" ? key : `${path}.${key}`, old[key], now[key]));
  }
  return old === now ? [] : [{ path, kind: "update", ...known("old", old), ...known("new", now) }];
}

/** To the engine a null is as good as absent. */
const isAbsent = (value: JsonValue | undefined): value is null | undefined =>
  value === undefined || value === null;

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const known = (key: "old" | "new", value: JsonValue | undefined) =>
  value === UNKNOWN ? {} : { [key]: value };
