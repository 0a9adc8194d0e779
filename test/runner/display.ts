// What people see of a run: rows, diagnostics and totals, close to the CLI's display without a terminal.
import type { Bag } from "../host/support/proto";
import type { Severity } from "./server";
import type { PropertyChange } from "./types";
import { nameOf, typeOf } from "./urn";
import { changesBetween, HIDDEN, UNKNOWN } from "./values";

interface Words {
  readonly mark: string;
  readonly done: string;
  readonly planned: string;
}

const OPS: Readonly<Record<string, Words>> = {
  create: { mark: "+ ", done: "created", planned: "create" },
  update: { mark: "~ ", done: "updated", planned: "update" },
  delete: { mark: "- ", done: "deleted", planned: "delete" },
  replace: { mark: "+-", done: "replaced", planned: "replace" },
  "create-replacement": { mark: "++", done: "created replacement", planned: "create replacement" },
  "delete-replaced": { mark: "--", done: "deleted original", planned: "delete original" },
};

const MARKS = { add: "+", delete: "-", update: "~" } as const;

/** The two halves of a replacement, which is counted once. */
export function isPart(op: string): boolean {
  return op === "create-replacement" || op === "delete-replaced";
}

export interface DisplaySettings {
  readonly title: string;
  readonly stackName: string;
  readonly isPreview: boolean;
  /** Whether the changes are shown one by one below each resource. */
  readonly diff: boolean;
  readonly write: (text: string) => void;
}

export class Display {
  private readonly diagnostics: { severity: Severity; urn: string; message: string }[] = [];

  constructor(private readonly settings: DisplaySettings) {
    this.line(`${settings.title} (${settings.stackName}):`);
    this.line("");
  }

  step(op: string, urn: string, changes: readonly PropertyChange[], id: string): void {
    const words = OPS[op];
    if (words === undefined) return;
    this.row(words.mark, urn, `${this.verb(words)} ${diffInfo(changes)}`);
    if (this.settings.diff && !isPart(op)) this.details(op, words.mark, urn, changes, id);
  }

  diagnose(severity: Severity, urn: string, message: string): void {
    this.diagnostics.push({ severity, urn, message });
    const [first = ""] = message.split("\n").filter((line) => line.trim() !== "");
    this.row("  ", urn, severity === "info" ? first : `${severity}: ${first}`);
  }

  /** Everything that is told at the end. */
  finish(summary: Readonly<Record<string, number>>, oldOutputs: Bag, outputs: Bag): void {
    this.allDiagnostics();
    const shown = outputLines(oldOutputs, outputs);
    if (shown.length > 0) for (const text of ["Outputs:", ...shown, ""]) this.line(text);
    this.totals(summary);
    this.line("");
  }

  private allDiagnostics(): void {
    if (this.diagnostics.length > 0) this.line("Diagnostics:");
    for (const urn of new Set(this.diagnostics.map((one) => one.urn))) {
      this.line(`  ${typeOf(urn)} (${nameOf(urn)}):`);
      for (const { severity, message } of this.diagnostics.filter((one) => one.urn === urn))
        for (const text of message.trimEnd().split("\n"))
          this.line(`    ${severity === "info" ? "" : `${severity}: `}${text}`);
      this.line("");
    }
  }

  private totals(summary: Readonly<Record<string, number>>): void {
    this.line("Resources:");
    const changed = Object.entries(OPS).flatMap(([op, words]) => {
      const count = summary[op] ?? 0;
      return count > 0 ? [{ count, words }] : [];
    });
    for (const { count, words } of changed)
      this.line(`    ${words.mark}${count} ${this.settings.isPreview ? "to " : ""}${this.verb(words)}`);
    const { same = 0 } = summary;
    const total = changed.reduce((sum, { count }) => sum + count, 0);
    if (changed.length === 0) this.line(`    ${same} unchanged`);
    else if (changed.length > 1 || same > 0)
      this.line(`    ${total} change${total === 1 ? "" : "s"}. ${same} unchanged`);
  }

  private details(
    op: string,
    mark: string,
    urn: string,
    changes: readonly PropertyChange[],
    id: string,
  ): void {
    this.line(`    ${mark}${typeOf(urn)}: (${op})`);
    if (id !== "") this.line(`        [id=${id}]`);
    this.line(`        [urn=${urn}]`);
    for (const text of tree(changes)) this.line(`      ${text}`);
  }

  private verb({ done, planned }: Words): string {
    return this.settings.isPreview ? planned : done;
  }

  private row(mark: string, urn: string, text: string): void {
    this.line(` ${mark} ${typeOf(urn)} ${nameOf(urn)} ${text}`);
  }

  private line(text: string): void {
    this.settings.write(`${text.trimEnd()}\n`);
  }
}

/** `[diff: +added-removed~changed]`, top-level keys only. */
function diffInfo(changes: readonly PropertyChange[]): string {
  const kinds = new Map<string, PropertyChange["kind"]>();
  for (const { path, kind } of changes) {
    const [key = ""] = path.split(".");
    kinds.set(key, key === path ? kind : "update");
  }
  const groups = (["add", "delete", "update"] as const).map((kind) => {
    const names = [...kinds].filter(([, each]) => each === kind).map(([key]) => key);
    return names.length === 0 ? "" : MARKS[kind] + names.join(",");
  });
  return kinds.size === 0 ? "" : `[diff: ${groups.join("")}]`;
}

/** Changes below each other: `~ query: { ~ cid: "#s2#" => "#s3#" }`. */
function tree(changes: readonly PropertyChange[], depth = 0): string[] {
  const indent = "    ".repeat(depth);
  const keyOf = ({ path }: PropertyChange) => path.split(".")[depth] ?? path;
  const keys = [...new Set(changes.map(keyOf))];
  const width = Math.max(0, ...keys.map((key) => key.length));
  return keys.flatMap((key) => {
    const below = changes.filter((change) => keyOf(change) === key);
    const [leaf] = below;
    const name = key.padEnd(width);
    if (leaf && leaf.path.split(".").length === depth + 1)
      return `${indent}${MARKS[leaf.kind]} ${name}: ${leafText(leaf)}`;
    return [`${indent}~ ${name}: {`, ...tree(below, depth + 1), `${indent}  }`];
  });
}

function leafText(change: PropertyChange): string {
  const sides = { add: ["new"], delete: ["old"], update: ["old", "new"] } as const;
  return sides[change.kind].map((side) => (side in change ? text(change[side]) : "[unknown]")).join(" => ");
}

function outputLines(olds: Bag, news: Bag): string[] {
  const changed = new Map(changesBetween(olds, news).map((change) => [change.path.split(".")[0], change]));
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
  return keys.map((key) => {
    const change = changed.get(key);
    if (change === undefined) return `    ${key}: ${text(news[key])}`;
    if (!(key in olds)) return `  + ${key}: ${text(news[key])}`;
    if (!(key in news)) return `  - ${key}: ${text(olds[key])}`;
    return `  ~ ${key}: ${text(olds[key])} => ${text(news[key])}`;
  });
}

function text(value: unknown): string {
  return value === HIDDEN ? HIDDEN : JSON.stringify(value).replaceAll(`"${UNKNOWN}"`, "[unknown]");
}
