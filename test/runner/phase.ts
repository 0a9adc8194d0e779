// One phase of an operation, a preview or an update: the program beside the engine, and what is left when it ends.
import { randomUUID } from "node:crypto";
import { Processes } from "../engine/processes";
import { type Ended, Run } from "../engine/run";
import { type Bag, secret } from "../host/support/proto";
import { isSupported, Monitor, type Registered, type Registration, unsupported } from "./monitor";
import { startProgram } from "./program";
import type { Project } from "./project";
import type { Report } from "./report";
import { EngineServer } from "./server";
import type { StackState } from "./state";
import type { ConfigMap } from "./types";
import { isProviderType, makeUrn, ROOT_TYPE } from "./urn";
import { knownOnly, plainBag, secretKeys, withSecrets } from "./values";

export interface PhaseSettings {
  readonly kind: "up" | "refresh" | "destroy";
  readonly isPreview: boolean;
  readonly project: Project;
  readonly stackName: string;
  readonly config: ConfigMap;
  readonly env: NodeJS.ProcessEnv;
  readonly state: StackState;
  readonly report: Report;
}

const ORGANIZATION = "organization";

export async function runPhase(settings: PhaseSettings): Promise<void> {
  const phase = new Phase(settings);
  await phase.run();
}

class Phase {
  private readonly declared = new Set<string>();
  private readonly root: string;
  private started: Run | undefined;
  private programEnded: () => void = () => undefined;
  private over: () => void = () => undefined;

  constructor(private readonly settings: PhaseSettings) {
    const { stackName: stack, project } = settings;
    this.root = makeUrn({ stack, project: project.name }, "", ROOT_TYPE, `${project.name}-${stack}`);
  }

  private get engine(): Run {
    if (this.started === undefined) throw new Error("The phase has not begun.");
    return this.started;
  }

  async run(): Promise<void> {
    const { report, project, env, state, isPreview, stackName } = this.settings;
    const over = new Promise<void>((resolve) => {
      this.over = resolve;
    });
    const monitor = new Monitor({
      ...{ stack: stackName, project: project.name, organization: ORGANIZATION },
      register: (registration) => this.register(registration),
      registerOutputs: (urn, outputs) => {
        if (urn === this.root) state.outputs = outputs;
      },
      lookup: (urn) => this.lookup(urn),
      programEnded: () => {
        this.programEnded();
        return over;
      },
    });
    const server = await EngineServer.start(monitor.service(), (...told) => report.diagnose(...told));
    const processes = await Processes.open({
      settingsOf: (provider) => this.settingsOf(provider),
      env: { ...definedOnly(env), PULUMI_PROJECT: project.name, PULUMI_NODEJS_PROJECT: project.name },
      ...{ cwd: project.cwd, sdk: project.cwd, engineAddress: server.address },
    });
    try {
      this.started = new Run(state.stack, processes, { isPreview });
      await this.perform(server.address);
      for (const { printed } of await processes.all()) this.tellLines(printed);
    } finally {
      this.over();
      await processes.end();
      server.stop();
    }
  }

  private async perform(address: string): Promise<void> {
    const { kind } = this.settings;
    if (kind === "refresh") await this.refresh();
    else if (kind === "destroy") await this.deleteUndeclared();
    else await this.runProgram(address);
  }

  private async refresh(): Promise<void> {
    const { state, report } = this.settings;
    for (const urn of state.others.keys()) report.step("same", urn);
    for (const ended of await this.engine.refresh()) {
      const now = state.stack.find({ urn: ended.urn, inputs: {} });
      if (ended.refusal) this.fail(ended);
      else if (now === undefined) report.step("delete", ended.urn, [], ended.id);
      else {
        const changes = state.changes(ended.urn, ended.old?.outputs ?? {}, now.outputs);
        report.step(changes.length === 0 ? "same" : "update", ended.urn, changes, ended.id);
      }
    }
  }

  private async runProgram(address: string): Promise<void> {
    const { project, stackName, config, env, isPreview, report } = this.settings;
    const signalled = new Promise<undefined>((resolve) => {
      this.programEnded = () => resolve(undefined);
    });
    const program = startProgram({
      ...{ project, stackName, organization: ORGANIZATION, config, env, address, isPreview },
      onStdout: (line) => report.diagnose("info", this.root, line),
      onStderr: (line) => report.diagnose("info", this.root, line),
    });
    try {
      const problem = await Promise.race([signalled, program.ended]);
      if (problem !== undefined) {
        // One that is empty has been told by the program itself.
        if (problem !== "" || report.failed.length === 0)
          report.diagnose("error", this.root, problem || "the program failed");
        return;
      }
      if (report.failed.length === 0) await this.deleteUndeclared();
      this.over();
      await program.ended;
    } finally {
      program.kill();
    }
  }

  private async register(registration: Registration): Promise<Registered | undefined> {
    const { urn, type, custom, inputs, secretOutputs } = registration;
    const { state, report } = this.settings;
    if (!isSupported(registration)) {
      const { message } = unsupported(`resources of the type ${type}`);
      report.diagnose("error", urn, message);
      return undefined;
    }
    this.declared.add(urn);
    state.secrets.set(urn, new Set([...secretKeys(inputs), ...secretOutputs]));
    return custom && !isProviderType(type)
      ? this.registerDynamic(registration)
      : this.registerOther(registration);
  }

  private registerOther({ urn, type, inputs }: Registration): Registered {
    const { state, report } = this.settings;
    const known = state.others.get(urn);
    const isProvider = isProviderType(type);
    const changes = known && isProvider ? state.changes(urn, known.inputs, inputs) : [];
    const id = known?.id ?? (isProvider ? randomUUID() : "");
    state.others.set(urn, { type, id, inputs });
    report.step(known === undefined ? "create" : changes.length > 0 ? "update" : "same", urn, changes);
    return { id, outputs: isProvider ? inputs : {} };
  }

  private async registerDynamic({
    urn,
    inputs,
    provider,
    aliases,
  }: Registration): Promise<Registered | undefined> {
    const { state, isPreview } = this.settings;
    const ended = await this.engine.register({ urn, inputs: plainBag(inputs), provider, aliases });
    if (ended.refusal) this.fail(ended);
    if (ended.refusal || ended.step === "skipped") return undefined;
    this.reportStep(ended);
    const now = state.stack.find({ urn, inputs, aliases });
    const isPlanned = isPreview && ended.step !== "same";
    // What a preview cannot know is left out, and so unknown to the program.
    const outputs = isPlanned ? (ended.inputs ?? {}) : (now?.outputs ?? {});
    const isNew = ended.step === "create" || ended.step === "replace";
    return {
      id: isPlanned && isNew ? "" : (now?.id ?? ""),
      outputs: withSecrets(outputs, state.secretsOf(urn)),
    };
  }

  private reportStep({ urn, step, id, old, inputs = {} }: Ended): void {
    const { state, report, isPreview } = this.settings;
    const changes = old ? state.changes(urn, old.inputs, inputs) : [];
    if (step !== "replace") {
      report.step(step, urn, changes, id);
      return;
    }
    report.step("create-replacement", urn, changes, id);
    report.step("replace", urn, changes, id);
    const isLeft = state.stack.resources.some((one) => one.urn === urn && one.isReplaced);
    if (isPreview || !isLeft) report.step("delete-replaced", urn, [], id);
  }

  private async deleteUndeclared(): Promise<void> {
    const { state, report } = this.settings;
    for (const ended of await this.engine.finish()) {
      if (ended.refusal) this.fail(ended);
      else report.step(ended.old?.isReplaced ? "delete-replaced" : "delete", ended.urn, [], ended.id);
    }
    if (report.failed.length > 0) return;
    for (const urn of [...state.others.keys()].reverse()) {
      if (this.declared.has(urn)) continue;
      state.others.delete(urn);
      report.step("delete", urn);
    }
    if (this.settings.kind === "destroy") state.outputs = {};
  }

  private lookup(urn: string): Registered | undefined {
    const { state } = this.settings;
    const other = state.others.get(urn);
    if (other) return { id: other.id, outputs: other.inputs };
    const resource = state.stack.find({ urn, inputs: {} });
    return resource && { id: resource.id, outputs: withSecrets(resource.outputs, state.secretsOf(urn)) };
  }

  /** The default provider of dynamic resources is given the stack's whole configuration. */
  private settingsOf(provider: string): Bag {
    const { config, state } = this.settings;
    if (provider !== "") return knownOnly(state.others.get(provider)?.inputs ?? {});
    return Object.fromEntries(
      Object.entries(config).map(([key, one]) => [key, one.secret ? secret(one.value) : one.value]),
    );
  }

  private fail({ urn, refusal }: Ended): void {
    const reasons = refusal?.partial?.reasons.join("\n");
    this.settings.report.diagnose("error", urn, reasons || (refusal?.message ?? ""));
  }

  private tellLines(printed: string): void {
    // The first line is the port, which is no message.
    const lines = printed.split("\n").filter((line) => line !== "" && !/^\d+$/.test(line));
    for (const line of lines) this.settings.report.diagnose("info", this.root, line);
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
