// An operation as the user asks for it: its phases, what is printed, and what it throws.
import { Display, type Title } from "./display";
import { type EngineSettings, type PhaseResult, runPhase } from "./engine";
import { Report } from "./report";
import type { RunSettings } from "./run";
import type { OperationRequest } from "./stack";
import { outputsOf, type Snapshot } from "./state";
import { OperationError, type OperationOptions, type OperationResult } from "./types";
import { type PropertyMap, Secret } from "./values";

export interface OperationContext
  extends Pick<
    EngineSettings,
    "project" | "pulumi" | "stackName" | "organization" | "config" | "env" | "snapshot" | "save" | "onProcess"
  > {
  defaultParallel: number;
}

interface Phase {
  title: Title;
  settings: RunSettings;
}

export async function performOperation(
  request: OperationRequest,
  context: OperationContext,
): Promise<OperationResult> {
  const printed = new Printed(request.options);
  let result: OperationResult | undefined;
  for (const phase of phasesOf(request, context))
    result = await performPhase(request, context, phase, printed);
  if (result === undefined) throw new Error("an operation has at least one phase");
  return result;
}

class Printed {
  stdout = "";
  stderr = "";

  constructor(private readonly options: OperationOptions) {}

  write(text: string): void {
    this.stdout += text;
    this.options.onOutput?.(text);
  }
}

async function performPhase(
  request: OperationRequest,
  context: OperationContext,
  { title, settings }: Phase,
  printed: Printed,
): Promise<OperationResult> {
  const started = Date.now();
  const display = new Display({
    title,
    stackName: context.stackName,
    preview: settings.preview,
    diff: "diff" in request.options && request.options.diff === true,
    write: (text) => printed.write(text),
  });
  const report = new Report(settings.kind === "refresh", display);
  const snapshot = startOf(request, context.snapshot);
  const outputsBefore = outputsOf(snapshot);
  const result = await runPhase({ ...context, ...settings, report, snapshot });
  display.finish(report.changeSummary, result.outputs, outputsBefore, (Date.now() - started) / 1000);
  throwIfFailed(request, result, report, printed);
  return { ...printedOf(printed), changeSummary: report.changeSummary, steps: report.steps };
}

const printedOf = ({ stdout, stderr }: Printed) => ({ stdout, stderr });

/** A phase rewrites the list it works on; the next one starts from what was saved. */
function startOf(request: OperationRequest, { resources, pendingOperations }: Snapshot): Snapshot {
  const clears = request.kind === "refresh" && request.options.clearPendingCreates === true;
  return {
    resources: resources.map((state) => ({ ...state })),
    pendingOperations: pendingOperations.filter((operation) => !(clears && operation.type === "creating")),
  };
}

function throwIfFailed(
  request: OperationRequest,
  result: PhaseResult,
  report: Report,
  printed: Printed,
): void {
  if (!result.failed) {
    const changes = Object.entries(report.changeSummary).filter(([op]) => op !== "same");
    const expectsNone = "expectNoChanges" in request.options && request.options.expectNoChanges === true;
    if (!expectsNone || changes.length === 0) return;
    report.diagnose(
      "error",
      "",
      `no changes were expected but changes ${isPreview(request) ? "were proposed" : "occurred"}`,
    );
  }
  const { stdout } = printed;
  const stderr = report.failed.map(({ message }) => `error: ${message}\n`).join("");
  throw new OperationError(
    `code: 255\n stdout: ${stdout}\n stderr: ${stderr}\n`,
    stdout,
    stderr,
    report.failed,
    report.changeSummary,
    report.steps,
  );
}

const isPreview = (request: OperationRequest): boolean =>
  request.kind === "preview" || ("previewOnly" in request.options && request.options.previewOnly === true);

function phasesOf(request: OperationRequest, context: OperationContext): Phase[] {
  const common = commonSettings(request, context);
  switch (request.kind) {
    case "preview":
      return [{ title: "Previewing update", settings: { ...common, kind: "up", preview: true } }];
    case "up": {
      const update: Phase = { title: "Updating", settings: { ...common, kind: "up" } };
      const preview: Phase = {
        title: "Previewing update",
        settings: { ...common, kind: "up", preview: true },
      };
      return request.options.preview ? [preview, update] : [update];
    }
    case "refresh":
      return isPreview(request)
        ? [{ title: "Previewing refresh", settings: { ...common, kind: "refresh", preview: true } }]
        : [{ title: "Refreshing", settings: { ...common, kind: "refresh" } }];
    case "destroy":
      return isPreview(request)
        ? [{ title: "Previewing destroy", settings: { ...common, kind: "destroy", preview: true } }]
        : [{ title: "Destroying", settings: { ...common, kind: "destroy" } }];
    case "import":
      return [{ title: "Importing", settings: { ...common, kind: "import", importFile: request.file } }];
  }
}

function commonSettings(request: OperationRequest, context: OperationContext): RunSettings {
  const { options } = request;
  const flag = (name: string): boolean => name in options && options[name as keyof typeof options] === true;
  return {
    kind: "up",
    preview: false,
    parallel: options.parallel ?? context.defaultParallel,
    target: options.target,
    targetDependents: options.targetDependents ?? false,
    replace: "replace" in options ? (options.replace ?? []) : [],
    refresh: flag("refresh"),
    runProgram: flag("runProgram"),
    continueOnError: flag("continueOnError"),
    providerInputs: providerInputs(context.config),
    importFile: undefined,
  };
}

/** The default provider of dynamic resources is given the stack's whole configuration. */
const providerInputs = (config: OperationContext["config"]): PropertyMap =>
  Object.fromEntries(
    Object.entries(config).map(([key, { value, secret }]) => [key, secret ? new Secret(value) : value]),
  );
