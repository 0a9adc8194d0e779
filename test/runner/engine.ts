// One phase of an operation - a preview, an update, a refresh, a destroy - from its first process to its last.
import { Queue, withResolvers } from "./async";
import { baseOf } from "./base";
import { Checkpoint } from "./checkpoint";
import { Host } from "./host";
import { deploymentFeatures, Monitor } from "./monitor";
import { Books } from "./plan/books";
import type { PlanContext, RunEvent } from "./plan/context";
import type { RunningProcess } from "./processes";
import { exitOfProgram, startProgram } from "./program";
import type { Project } from "./project";
import { resourceProto } from "./proto";
import { Recorder } from "./recorder";
import { ProviderRegistry } from "./registry";
import type { Report } from "./report";
import { Run, type RunSettings } from "./run";
import { EngineServer } from "./server";
import { outputsOf, type Snapshot } from "./state";
import type { ConfigMap } from "./types";
import { makeUrn } from "./urn";
import type { PropertyMap } from "./values";

export type ProcessRole = "program" | "host";

export interface EngineSettings extends RunSettings {
  project: Project;
  pulumi: string;
  stackName: string;
  organization: string;
  config: ConfigMap;
  env: NodeJS.ProcessEnv;
  snapshot: Snapshot;
  save(snapshot: Snapshot): void;
  report: Report;
  onProcess(process: RunningProcess, role: ProcessRole): void;
}

export interface PhaseResult {
  failed: boolean;
  /** Of the stack, as they are now or, in a preview, as they would be. */
  outputs: PropertyMap;
}

/** Runs the phase; whatever happens, no process of it is left when this returns. */
export async function runPhase(settings: EngineSettings): Promise<PhaseResult> {
  const { project, report, preview } = settings;
  const rootUrn = makeUrn(
    { stack: settings.stackName, project: project.name },
    "",
    "pulumi:pulumi:Stack",
    `${project.name}-${settings.stackName}`,
  );
  const events = new Queue<RunEvent>();
  const over = withResolvers<void>();
  let run: Run | undefined;
  const monitor = new Monitor({
    info: deploymentInfo(settings),
    events,
    over: over.promise,
    defaultProvider: () => requireRun(run).defaultProvider(),
    lookup: (urn) => requireRun(run).lookup(urn),
  });
  const diagnose: Report["diagnose"] = (severity, urn, message) =>
    report.diagnose(severity, urn || rootUrn, message);
  const server = await EngineServer.start(monitor.service(), { diagnose });
  const registry = new ProviderRegistry(() => startHost(settings, server.address, rootUrn), preview);
  const checkpoint = new Checkpoint(settings.snapshot, preview ? () => undefined : settings.save);
  run = new Run(settings, {
    context: planContext(settings, registry, diagnose),
    events,
    checkpoint,
    recorder: preview ? undefined : new Recorder(checkpoint),
    report,
    rootUrn,
    pendingOperations: settings.snapshot.pendingOperations,
  });
  let program: RunningProcess | undefined;
  try {
    const failed = await run.execute(() => {
      program = launch(settings, server.address, rootUrn, events);
    });
    if (failed) program?.signal("SIGKILL");
    monitor.shutdown.resolve();
    await program?.exited;
    const { outputs } = run.lookup(rootUrn) ?? {};
    return { failed, outputs: outputs ?? outputsOf(checkpoint.snapshot()) };
  } finally {
    over.resolve();
    checkpoint.save();
    await program?.stop();
    await registry.close();
    server.stop();
  }
}

function requireRun(run: Run | undefined): Run {
  if (run === undefined) throw new Error("the run has not begun");
  return run;
}

function planContext(
  settings: EngineSettings,
  registry: ProviderRegistry,
  diagnose: Report["diagnose"],
): PlanContext {
  return {
    stack: { stack: settings.stackName, project: settings.project.name },
    preview: settings.preview,
    mode: settings.kind === "refresh" ? "refresh" : settings.kind === "destroy" ? "destroy" : "update",
    refreshOnRegister: settings.runProgram && (settings.kind === "refresh" || settings.refresh),
    registry,
    diagnose,
    base: baseOf(settings.snapshot.resources),
    books: new Books(),
    news: new Map(),
    targets: settings.target === undefined ? undefined : new Set(settings.target),
    targetDependents: settings.targetDependents,
    replaceTargets: new Set(settings.replace),
  };
}

function deploymentInfo(settings: EngineSettings) {
  const info = new resourceProto.DeploymentInfo();
  info.setProject(settings.project.name).setStack(settings.stackName).setOrganization(settings.organization);
  info.setDryrun(settings.preview).setParallel(settings.parallel);
  for (const [key, { value }] of Object.entries(settings.config)) info.getConfigMap().set(key, value);
  info.setConfigsecretkeysList(Object.keys(settings.config).filter((key) => settings.config[key]?.secret));
  return deploymentFeatures(info);
}

function launch(
  settings: EngineSettings,
  address: string,
  rootUrn: string,
  events: Queue<RunEvent>,
): RunningProcess {
  const { report } = settings;
  const program = startProgram({
    ...settings,
    address,
    onStdout: (line) => report.diagnose("info", rootUrn, line),
    onStderr: (line) => report.diagnose("info", rootUrn, line),
  });
  settings.onProcess(program, "program");
  exitOfProgram(program).then(
    (exit) => events.push({ kind: "end", ...exit }),
    (error: unknown) =>
      events.push({ kind: "end", failed: true, error: `could not run the program: ${String(error)}` }),
  );
  return program;
}

/** The runner's own settings of `pulumi-nodejs`, the only namespace that `pulumi.Config` sees in a host. */
function hostConfig(config: ConfigMap): Record<string, string> {
  const own = Object.entries(config).filter(([key]) => key.startsWith("pulumi-nodejs:"));
  return Object.fromEntries(own.map(([key, { value }]) => [key.slice("pulumi-nodejs:".length), value]));
}

function startHost(settings: EngineSettings, engineAddress: string, rootUrn: string): Promise<Host> {
  const { project, report } = settings;
  const options = Object.entries(project.runtimeOptions).map(([key, value]) => [
    `PULUMI_RUNTIME_${key.toUpperCase()}`,
    String(value),
  ]);
  return Host.start({
    cwd: project.cwd,
    pulumi: settings.pulumi,
    engineAddress,
    env: {
      ...settings.env,
      ...Object.fromEntries(options),
      PULUMI_NODEJS_PROJECT: project.name,
      PULUMI_PROJECT: project.name,
      PULUMI_CONFIG: JSON.stringify(hostConfig(settings.config)),
    },
    onStdout: (line) => report.diagnose("info", rootUrn, line),
    onStderr: (line) => report.diagnose("info", rootUrn, line),
    onStart: (process) => settings.onProcess(process, "host"),
  });
}
