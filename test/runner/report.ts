import { type Display, isPart } from "./display";
import type { Severity } from "./server";
import type { FailedResource, PropertyChange, StepSummary } from "./types";

/** What happened in a phase, for the caller and for the display. */
export class Report {
  readonly changeSummary: Record<string, number> = {};
  readonly steps: StepSummary[] = [];
  readonly failed: FailedResource[] = [];

  constructor(readonly display: Display) {}

  step(op: string, urn: string, changes: PropertyChange[] = [], id = ""): void {
    const diffs = [...new Set(changes.map(({ path }) => path.split(/[.[]/)[0] ?? path))];
    this.steps.push({ op, urn, diffs, changes });
    if (!isPart(op)) this.changeSummary[op] = (this.changeSummary[op] ?? 0) + 1;
    this.display.step(op, urn, changes, id);
  }

  diagnose(severity: Severity, urn: string, message: string): void {
    if (severity === "debug") return;
    if (severity === "error") this.failed.push({ urn, message });
    this.display.diagnose(severity, urn, message);
  }
}
