// The CLI's engine events in the terms of a stack test.
import { existsSync, readFileSync } from "node:fs";
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import { changesBetween } from "./changes";
import type { FailedResource, JsonObject, StepSummary } from "./types";
import { isDefaultProvider } from "./urn";

export class EventCollector {
  private readonly metadata = new Map<string, StepEventMetadata>();
  private readonly failedSteps = new Set<string>();
  readonly failed: FailedResource[] = [];
  changeSummary: Record<string, number> = {};

  private constructor(private readonly refreshes: boolean) {}

  /** Reads what the CLI wrote while it ran; a killed one may have left half a line. */
  static read(file: string, refreshes: boolean): EventCollector {
    const collector = new EventCollector(refreshes);
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    for (const line of lines) if (line.endsWith("}")) collector.add(JSON.parse(line) as EngineEvent);
    return collector;
  }

  private add(event: EngineEvent): void {
    const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent, summaryEvent } = event;
    if (resourcePreEvent !== undefined) this.record(resourcePreEvent.metadata);
    // Only here does a refresh say what it found.
    if (resOutputsEvent !== undefined && this.refreshes) this.record(resOutputsEvent.metadata, "refresh");
    if (resOpFailedEvent !== undefined) this.failedSteps.add(keyOf(resOpFailedEvent.metadata));
    if (diagnosticEvent?.severity === "error")
      this.failed.push({ urn: diagnosticEvent.urn ?? "", message: plainText(diagnosticEvent.message) });
    if (summaryEvent !== undefined) this.changeSummary = { ...summaryEvent.resourceChanges };
  }

  get steps(): StepSummary[] {
    return [...this.metadata]
      .filter(([key, metadata]) => !this.failedSteps.has(key) && !isInternal(metadata))
      .map(([, metadata]) => summaryOf(metadata, this.refreshes));
  }

  private record(metadata: StepEventMetadata, key = metadata.op as string): void {
    this.metadata.set(`${key} ${metadata.urn}`, metadata);
  }
}

/** What the CLI does not count either. */
const isInternal = ({ op, urn }: StepEventMetadata): boolean =>
  isDefaultProvider(urn) || (op as string) === "remove-pending-replace";

const keyOf = (metadata: StepEventMetadata): string => `${metadata.op} ${metadata.urn}`;

function summaryOf(metadata: StepEventMetadata, refreshes: boolean): StepSummary {
  const { old, new: next } = metadata;
  const side = (state: typeof old): JsonObject => (refreshes ? state?.outputs : state?.inputs) ?? {};
  return {
    op: metadata.op,
    urn: metadata.urn,
    diffs: metadata.diffs ?? [],
    replaceKeys: metadata.keys ?? [],
    // Absent states come as null.
    changes:
      !old || !next || (refreshes && metadata.op === "same") ? [] : changesBetween(side(old), side(next)),
  };
}

/** Messages come with `<{%reset%}>` and the like. */
const plainText = (message: string): string => message.replace(/<\{%.*?%\}>/g, "").trim();
