// The heart of a phase: takes what the program asks for, plans it, runs the steps, deletes what is left.
import { messageOf, type Queue, withResolvers } from "./async";
import { afterRefresh, baseOf } from "./base";
import type { Checkpoint } from "./checkpoint";
import { Executor } from "./executor";
import { emptyGoal, type Registration, type RegistrationResult } from "./goal";
import { dependenciesOfState } from "./graph";
import { importEverything } from "./importer";
import { Bail, type PlanContext, type Planned, type RunEvent } from "./plan/context";
import { type PlannedDeletes, planDeletes, scheduleDeletes } from "./plan/deletes";
import { planRead, planRegistration } from "./plan/register";
import type { Recorder } from "./recorder";
import { dynamicPackage } from "./registration";
import type { Report } from "./report";
import type { PendingOperation, ResourceState } from "./state";
import { StepFailed, StepRunner } from "./stepRunner";
import { ProtectedError } from "./steps/delete";
import { RefreshStep } from "./steps/refresh";
import { type Step, stateOf, urnOf } from "./steps/step";
import type { ImportFile } from "./types";
import { formatReference, makeUrn } from "./urn";
import type { PropertyMap } from "./values";

export interface RunSettings {
  kind: "up" | "refresh" | "destroy" | "import";
  preview: boolean;
  parallel: number;
  target: string[] | undefined;
  targetDependents: boolean;
  replace: string[];
  /** Refreshes everything before anything else. */
  refresh: boolean;
  /** Runs the program for a refresh or a destroy too, so that today's settings count. */
  runProgram: boolean;
  continueOnError: boolean;
  providerInputs: PropertyMap;
  importFile: ImportFile | undefined;
}

export interface RunServices {
  context: PlanContext;
  events: Queue<RunEvent>;
  checkpoint: Checkpoint;
  /** None in a preview: nothing is saved. */
  recorder: Recorder | undefined;
  report: Report;
  rootUrn: string;
  /** What an earlier run was doing when it was interrupted. */
  pendingOperations: PendingOperation[];
}

export class Run {
  private readonly executor: Executor;
  private readonly erroredSteps: Step[] = [];
  private readonly skipped = new Set<string>();
  private readonly stepRunner: StepRunner;
  private defaultReference: Promise<string> | undefined;
  private planFailed = false;
  private stepFailed = false;

  constructor(
    private readonly settings: RunSettings,
    private readonly services: RunServices,
  ) {
    this.stepRunner = new StepRunner(services);
    this.executor = new Executor({
      parallel: settings.parallel,
      execute: (step) => this.stepRunner.execute(step),
      onError: (error, step) => this.onStepError(error, step),
    });
  }

  /** Says whether the run failed. */
  async execute(startProgram: () => void): Promise<boolean> {
    try {
      await this.runEverything(startProgram);
    } catch (error) {
      this.fail("", error);
    }
    await this.executor.idle();
    this.stepRunner.finishStackOutputs(this.hasFailed);
    if (this.stepFailed || (this.context.books.sawError && !this.planFailed)) this.reportFailure();
    return this.hasFailed;
  }

  private get hasFailed(): boolean {
    return this.planFailed || this.stepFailed || this.context.books.sawError;
  }

  private get context(): PlanContext {
    return this.services.context;
  }

  private reportFailure(): void {
    if (!this.planFailed)
      this.context.diagnose("error", "", `${this.settings.preview ? "preview" : "update"} failed`);
  }

  private async runEverything(startProgram: () => void): Promise<void> {
    const { kind, refresh, runProgram } = this.settings;
    if (kind === "import") return this.import();
    if ((kind === "refresh" || refresh) && !runProgram) {
      await this.refreshAll();
      if (kind === "refresh" || this.hasFailed) return;
    }
    if (!refresh && !this.settings.preview) this.warnOfPendingOperations();
    this.requireTargets(this.context.replaceTargets);
    if (kind === "up" || runProgram) {
      startProgram();
      await this.serveProgram();
    }
    if (this.planFailed || this.executor.cancelled) return;
    this.requireTargets(this.context.targets ?? new Set());
    if (kind === "refresh") await this.refreshRest();
    else await this.deleteRest();
  }

  private warnOfPendingOperations(): void {
    const { pendingOperations } = this.services;
    if (pendingOperations.length > 0) this.context.diagnose("warning", "", pendingWarning(pendingOperations));
  }

  private async import(): Promise<void> {
    const { importFile, providerInputs } = this.settings;
    if (importFile === undefined) throw new Error("there is no file to import");
    await importEverything(this.context, importFile, providerInputs, async (steps) => {
      await this.executor.runTogether(steps);
      if (this.stepFailed) throw new Bail("import failed");
    });
  }

  private async serveProgram(): Promise<void> {
    let running = true;
    let outstanding = 0;
    while (running || outstanding > 0) {
      const event = await Promise.race([this.services.events.next(), this.executor.cancellation]);
      if (event === undefined || this.executor.cancelled) return;
      if (event.kind === "continue") outstanding -= 1;
      if (event.kind === "end" && !event.failed) running = false;
      try {
        outstanding += await this.handle(event);
      } catch (error) {
        this.fail(this.urnOfEvent(event), error);
        return;
      }
    }
  }

  /** The number of continuations to wait for. */
  private async handle(event: RunEvent): Promise<number> {
    switch (event.kind) {
      case "register":
        return this.submit(await planRegistration(this.context, event));
      case "read":
        return this.submit({ steps: planRead(this.context, event) });
      case "continue":
        return this.submit(await event.plan());
      case "outputs":
        this.stepRunner.recordOutputs(event);
        return 0;
      case "end":
        if (event.failed)
          throw event.error === undefined ? new Bail("the program failed") : new Error(event.error);
        return 0;
    }
  }

  private async submit({ steps, afterwards }: Planned): Promise<number> {
    const wanted = steps.filter((step) => !this.skipAfterError(step));
    const { done } = await this.executor.submit(wanted);
    if (afterwards === undefined) return 0;
    void done.then(() => this.services.events.push({ kind: "continue", plan: afterwards }));
    return 1;
  }

  /** With `continueOnError`, what depends on a resource that failed is left alone. */
  private skipAfterError(step: Step): boolean {
    for (const errored of this.erroredSteps) this.skipped.add(urnOf(errored));
    const state = stateOf(step);
    if (![...dependenciesOfState(state), state.parent].some((urn) => this.skipped.has(urn))) return false;
    step.fail("skipped");
    this.skipped.add(state.urn);
    return true;
  }

  private fail(urn: string, error: unknown): void {
    if (!(error instanceof Bail)) this.context.diagnose("error", urn, messageOf(error));
    this.planFailed = true;
    this.executor.cancel();
  }

  private urnOfEvent(event: RunEvent): string {
    if (event.kind === "register")
      return makeUrn(this.context.stack, event.goal.parent, event.goal.type, event.goal.name);
    return event.kind === "read" ? makeUrn(this.context.stack, event.parent, event.type, event.name) : "";
  }

  private onStepError(error: unknown, step: Step): "continue" | "stop" {
    if (!(error instanceof StepFailed)) this.context.diagnose("error", urnOf(step), messageOf(error));
    this.stepFailed = true;
    const goesOn =
      this.settings.kind === "refresh" || step.op === "refresh" || this.settings.kind === "import";
    if (goesOn && !this.settings.runProgram) return "continue";
    const isProtected = error instanceof StepFailed && error.reason instanceof ProtectedError;
    if (!this.settings.continueOnError && !isProtected) return "stop";
    step.fail("failed");
    this.erroredSteps.push(step);
    return "continue";
  }

  private async refreshAll(): Promise<void> {
    const { context } = this;
    this.requireTargets(context.targets ?? new Set());
    await this.refresh(this.refreshTargets());
  }

  private refreshTargets(): ResourceState[] {
    const { targets, targetDependents, base } = this.context;
    if (targets === undefined) return base.resources;
    const wanted = new Set(targets);
    return base.resources.filter((state) => {
      const needed =
        targetDependents && [...dependenciesOfState(state), state.parent].some((urn) => wanted.has(urn));
      if (needed) wanted.add(state.urn);
      return wanted.has(state.urn);
    });
  }

  private async refreshRest(): Promise<void> {
    await this.executor.idle();
    await this.refresh(this.refreshTargets().filter((state) => !this.context.books.isOperatedOn(state.urn)));
  }

  private async refresh(states: ResourceState[]): Promise<void> {
    const { context } = this;
    for (const state of states) await context.registry.ensure(state.provider, context.base.resources);
    const steps = states.map((state) => new RefreshStep(context, state));
    await this.executor.runTogether(steps);
    const resources = afterRefresh(context.base.resources, steps);
    // The checkpoint holds the same list: what it saves from now on is the refreshed state.
    context.base.resources.splice(0, context.base.resources.length, ...resources);
    context.base = baseOf(context.base.resources);
  }

  private async deleteRest(): Promise<void> {
    await this.executor.idle();
    if (this.executor.cancelled) return;
    const plan = await this.planDeletes();
    if (plan === undefined) return;
    const { sames, deletes } = plan;
    await (await this.executor.submit(sames)).done;
    for (const wave of scheduleDeletes(this.context, deletes)) {
      const kept = this.neededByErrored();
      await this.executor.runTogether(wave.filter((step) => !kept.has(stateOf(step))));
    }
  }

  /** Undefined when nothing may be deleted, which has been reported. */
  private async planDeletes(): Promise<PlannedDeletes | undefined> {
    try {
      return await planDeletes(this.context);
    } catch (error) {
      if (error instanceof Bail && this.context.books.sawError) return undefined;
      throw error;
    }
  }

  /** What a resource that could not be deleted still needs. */
  private neededByErrored(): Set<ResourceState> {
    const { graph } = this.context.base;
    const states = this.erroredSteps.flatMap((step) =>
      [step.old, step.next].filter((state) => state !== undefined),
    );
    return new Set(
      states.filter((s) => graph.contains(s)).flatMap((s) => [...graph.transitiveDependenciesOf(s)]),
    );
  }

  private requireTargets(targets: ReadonlySet<string>): void {
    const { base, books } = this.context;
    const known = new Set([...base.resources.map((state) => state.urn), ...books.urns]);
    const missing = [...targets].filter((urn) => !known.has(urn));
    for (const urn of missing)
      this.context.diagnose("error", "", `Target '${urn}' could not be found in the stack.`);
    if (missing.length > 0) throw new Bail("one or more targets could not be found in the stack");
  }

  lookup(urn: string): ResourceState | undefined {
    return this.context.news.get(urn);
  }

  /** Registered like any other resource, when the first one needs it. */
  defaultProvider(): Promise<string> {
    this.defaultReference ??= this.registerDefaultProvider();
    return this.defaultReference;
  }

  private async registerDefaultProvider(): Promise<string> {
    const settled = withResolvers<RegistrationResult>();
    const goal = emptyGoal({
      type: `pulumi:providers:${dynamicPackage}`,
      name: "default",
      custom: true,
      inputs: this.settings.providerInputs,
    });
    const registration: Registration = { kind: "register", goal, done: settled.resolve };
    this.services.events.push(registration);
    const { state } = await settled.promise;
    return formatReference(state);
  }
}

function pendingWarning(operations: PendingOperation[]): string {
  const list = operations
    .map(({ resource, type }) => `  * ${resource.urn}, interrupted while ${type}\n`)
    .join("");
  return (
    `Attempting to deploy or update resources with ${operations.length} pending operations from previous deployment.\n` +
    `${list}These resources are in an unknown state because the Pulumi CLI was interrupted while ` +
    "waiting for changes to these resources to complete. You should confirm whether or not the operations listed " +
    "completed successfully by checking the state of the appropriate provider."
  );
}
