// Changes of nested properties as a tree: `~ query: { ~ cid: "#s2#" => "#s3#" }`.
import { diffMaps } from "./diff";
import { parsePath } from "./paths";
import type { PropertyChange } from "./types";
import { isObject, type PropertyMap, type PropertyValue, Secret, Unknown } from "./values";

interface Node {
  change?: PropertyChange;
  children: Map<string | number, Node>;
}

export function renderChanges(changes: PropertyChange[]): string[] {
  const root: Node = { children: new Map() };
  for (const change of changes) insert(root, change);
  return renderChildren(root, "");
}

function insert(root: Node, change: PropertyChange): void {
  let node = root;
  for (const part of parsePath(change.path)) {
    const child = node.children.get(part) ?? { children: new Map() };
    node.children.set(part, child);
    node = child;
  }
  node.change = change;
}

const marks = { add: "+", delete: "-", update: "~" } as const;

function renderChildren(node: Node, indent: string): string[] {
  const names = [...node.children.keys()].map((key) => (typeof key === "number" ? `[${key}]` : key));
  const width = Math.max(0, ...names.map((name) => name.length));
  return [...node.children.values()].flatMap((child, position) =>
    renderNode(child, (names[position] ?? "").padEnd(width), indent),
  );
}

function renderNode(node: Node, name: string, indent: string): string[] {
  const { change } = node;
  if (change !== undefined) return [`${indent}${marks[change.kind]} ${name}: ${renderChange(change)}`];
  const isList = [...node.children.keys()].every((key) => typeof key === "number");
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  return [`${indent}~ ${name}: ${open}`, ...renderChildren(node, `${indent}    `), `${indent}  ${close}`];
}

function renderChange(change: PropertyChange): string {
  if (change.kind === "add") return shown(change, "new");
  if (change.kind === "delete") return shown(change, "old");
  return `${shown(change, "old")} => ${shown(change, "new")}`;
}

function shown(change: PropertyChange, side: "old" | "new"): string {
  if (!(side in change)) return "[unknown]";
  return change[side] === "[secret]" ? "[secret]" : JSON.stringify(change[side]);
}

/** What a new resource is made with. */
export function renderProperties(map: PropertyMap): string[] {
  const keys = Object.keys(map)
    .filter((key) => !key.startsWith("__"))
    .sort();
  const width = Math.max(0, ...keys.map((key) => key.length));
  return keys.map((key) => `${key.padEnd(width)}: ${text(map[key] ?? null)}`);
}

/** The stack's outputs, changed or not; null is no output. */
export function renderOutputs(olds: PropertyMap, news: PropertyMap): string[] {
  const changed = new Map(diffMaps(olds, news).map((change) => [String(change.path[0]), change.path.length]));
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
  return keys.flatMap((key) => {
    const old = olds[key] ?? null;
    const current = news[key] ?? null;
    if (!changed.has(key)) return current === null ? [] : [`    ${key}: ${text(current)}`];
    if (old === null) return [`  + ${key}: ${text(current)}`];
    if (current === null) return [`  - ${key}: ${text(old)}`];
    return [`  ~ ${key}: ${text(old)} => ${text(current)}`];
  });
}

function text(value: PropertyValue): string {
  if (value instanceof Secret) return "[secret]";
  if (value instanceof Unknown) return "[unknown]";
  if (Array.isArray(value)) return `[${value.map(text).join(", ")}]`;
  if (isObject(value)) {
    const fields = Object.entries(value).map(([key, inner]) => `${key}: ${text(inner)}`);
    return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
  }
  return JSON.stringify(value);
}
