// What people see of a run: rows, diagnostics and totals, close to the CLI's display without a terminal.
import { renderChanges, renderOutputs, renderProperties } from "./displayDiff";
import type { Diagnostic, RunObserver } from "./report";
import { changesOf } from "./report";
import { type Step, stateOf, urnOf } from "./steps/step";
import type { PropertyChange } from "./types";
import { nameOf, typeOf } from "./urn";
import type { PropertyMap } from "./values";

export type Title =
  | "Previewing update"
  | "Updating"
  | "Previewing refresh"
  | "Refreshing"
  | "Previewing destroy"
  | "Destroying"
  | "Importing";

const prefixes: Record<string, string> = {
  same: "  ",
  create: "+ ",
  delete: "- ",
  update: "~ ",
  replace: "+-",
  "create-replacement": "++",
  "delete-replaced": "--",
  read: "> ",
  "read-replacement": ">>",
  refresh: "~ ",
  discard: "< ",
  "discard-replaced": "<<",
  import: "= ",
};

/** What is done, and what was done. */
const verbs: Record<string, [doing: string, done: string, planned: string]> = {
  create: ["creating", "created", "create"],
  update: ["updating", "updated", "update"],
  delete: ["deleting", "deleted", "delete"],
  replace: ["replacing", "replaced", "replace"],
  "create-replacement": ["creating replacement", "created replacement", "create replacement"],
  "delete-replaced": ["deleting original", "deleted original", "delete original"],
  read: ["reading", "read", "read"],
  "read-replacement": ["reading for replacement", "read for replacement", "read for replacement"],
  refresh: ["refreshing", "refreshed", "refresh"],
  discard: ["discarding", "discarded", "discard"],
  "discard-replaced": ["discarding original", "discarded original", "discard original"],
  import: ["importing", "imported", "import"],
};

const marks = { add: "+", delete: "-", update: "~" } as const;

export interface DisplaySettings {
  title: Title;
  stackName: string;
  preview: boolean;
  diff: boolean;
  write(text: string): void;
}

export class Display implements RunObserver {
  private readonly diagnostics: Diagnostic[] = [];
  private readonly ops = new Map<string, string>();

  constructor(private readonly settings: DisplaySettings) {
    this.line(`${settings.title} (${settings.stackName}):`);
    this.line("");
  }

  stepBegan(step: Step): void {
    this.ops.set(urnOf(step), step.op);
    if (step.op === "same" || this.settings.preview) return;
    this.row(step.op, urnOf(step), verbs[step.op]?.[0] ?? step.op, diffInfo(step));
  }

  stepEnded(step: Step, op: string): void {
    this.ops.set(urnOf(step), op);
    if (op === "same") return;
    const verb = verbs[op]?.[this.settings.preview ? 2 : 1] ?? op;
    this.row(op, urnOf(step), verb, diffInfo(step));
    const isPart = op === "create-replacement" || op === "delete-replaced";
    if (this.settings.diff && !isPart) this.details(step, op);
  }

  stepFailed(step: Step): void {
    this.row(step.op, urnOf(step), "**failed**", "");
  }

  diagnosed(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
    const { severity, urn, message } = diagnostic;
    const [first = ""] = message.split("\n").filter((line) => line.trim() !== "");
    this.row(this.ops.get(urn) ?? "same", urn, severity === "info" ? first : `${severity}: ${first}`, "");
  }

  /** Everything that is told at the end. */
  finish(
    summary: Record<string, number>,
    outputs: PropertyMap,
    oldOutputs: PropertyMap,
    seconds: number,
  ): void {
    this.allDiagnostics();
    const shownOutputs = renderOutputs(oldOutputs, outputs);
    if (shownOutputs.length > 0) {
      this.line("Outputs:");
      for (const text of shownOutputs) this.line(text);
      this.line("");
    }
    this.totals(summary);
    if (!this.settings.preview) this.line(`\nDuration: ${Math.round(seconds)}s`);
    this.line("");
  }

  private allDiagnostics(): void {
    if (this.diagnostics.length === 0) return;
    this.line("Diagnostics:");
    for (const urn of new Set(this.diagnostics.map((diagnostic) => diagnostic.urn))) {
      this.line(`  ${shortType(typeOf(urn))} (${nameOf(urn)}):`);
      for (const { severity, message } of this.diagnostics.filter((diagnostic) => diagnostic.urn === urn))
        for (const text of message.trimEnd().split("\n"))
          this.line(`    ${severity === "info" ? "" : `${severity}: `}${text}`);
      this.line("");
    }
  }

  private totals(summary: Record<string, number>): void {
    this.line("Resources:");
    const changed = Object.keys(verbs).flatMap((op): [string, number][] => {
      const count = summary[op] ?? 0;
      return count > 0 ? [[op, count]] : [];
    });
    for (const [op, count] of changed) {
      const verb = this.settings.preview ? `to ${verbs[op]?.[2] ?? op}` : (verbs[op]?.[1] ?? op);
      this.line(`    ${prefixes[op] ?? "  "}${count} ${verb}`);
    }
    const same = summary.same ?? 0;
    const total = changed.reduce((sum, [, count]) => sum + count, 0);
    if (changed.length > 1 || (changed.length === 1 && same > 0))
      this.line(`    ${total} change${total === 1 ? "" : "s"}. ${same} unchanged`);
    else if (changed.length === 0) this.line(`    ${same} unchanged`);
  }

  private details(step: Step, op: string): void {
    const state = stateOf(step);
    this.line(`    ${prefixes[op] ?? "  "}${shortType(state.type)}: (${op})`);
    if (state.id !== "") this.line(`        [id=${state.id}]`);
    this.line(`        [urn=${state.urn}]`);
    for (const text of renderChanges(changesOf(step))) this.line(`      ${text}`);
    if (step.old === undefined)
      for (const text of renderProperties(state.inputs)) this.line(`        ${text}`);
  }

  private row(op: string, urn: string, text: string, info: string): void {
    this.line(
      ` ${prefixes[op] ?? "  "} ${shortType(typeOf(urn))} ${nameOf(urn)} ${text}${info === "" ? "" : ` ${info}`}`,
    );
  }

  private line(text: string): void {
    this.settings.write(`${text}\n`);
  }
}

/** `[diff: +added-removed~changed]`, top-level keys only. */
function diffInfo(step: Step): string {
  const keys = new Map<string, PropertyChange["kind"]>();
  for (const change of changesOf(step)) {
    const [key = ""] = change.path.split(/[.[]/);
    keys.set(key, key === change.path ? change.kind : "update");
  }
  const groups = (["add", "delete", "update"] as const).map((kind) => {
    const names = [...keys].filter(([, each]) => each === kind).map(([key]) => key);
    return names.length === 0 ? "" : marks[kind] + names.join(",");
  });
  const text = groups.join("");
  return text === "" ? "" : `[diff: ${text}]`;
}

/** `package:module:Type` without what comes after a slash in the module. */
const shortType = (type: string): string => type.replace(/^([^:]+):([^:/]+)\/[^:]*:/, "$1:$2:");
