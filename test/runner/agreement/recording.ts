// Plays a scenario on an engine and writes down everything that has to agree, without what differs by nature:
// times, random ids, positions in the source, the order of things that happen at once.
import { join } from "node:path";
import { saltOf } from "../deployment";
import { Crypter } from "../secrets";
import { deserializeProperties } from "../stateFormat";
import {
  type CreateStackOptions,
  type Deployment,
  OperationError,
  type OperationResult,
  type Stack,
  type StepSummary,
} from "../types";
import { nameOf } from "../urn";
import { isObject, type PropertyValue, Secret } from "../values";
import type { JsonObject } from "../wire";
import type { Scenario, ScenarioStep } from "./scenario";
import { type Call, World } from "./spec";

export const passphrase = "agreement";
export const program = join(__dirname, "..", "programs", "recorded");

export interface Recording {
  operations: RecordedOperation[];
}

export interface RecordedOperation {
  step: string;
  failed?: string[];
  changeSummary: Record<string, number>;
  steps: string[];
  calls: Record<string, string[]>;
  /** Every call in its order, where that is certain. */
  order?: string[];
  /** How many processes served each set of provider settings. */
  processes: Record<string, number>;
  outputs: unknown;
  state: unknown;
}

export type CreateStack = (options: CreateStackOptions) => Promise<Stack>;

export async function record(scenario: Scenario, create: CreateStack): Promise<Recording> {
  const world = new World();
  const env = { RECORDED_WORLD: world.folder };
  const stack = await create({ stackName: "dev", workDir: program, env, passphrase });
  try {
    await stack.setAllConfig(scenario.config ?? {});
    const operations: RecordedOperation[] = [];
    for (const [position, step] of scenario.steps.entries()) {
      step.before?.(world);
      if (step.spec !== undefined) stack.setEnv("RECORDED_SPEC", JSON.stringify(step.spec));
      if (step.config !== undefined) await stack.setAllConfig(step.config);
      for (const time of step.once ? [""] : ["", " again"])
        operations.push(
          await recordOperation(`${position + 1} ${step.do}${time}`, step, stack, world, scenario),
        );
    }
    return { operations };
  } finally {
    await stack.dispose();
    world.dispose();
  }
}

async function recordOperation(
  name: string,
  step: ScenarioStep,
  stack: Stack,
  world: World,
  scenario: Scenario,
): Promise<RecordedOperation> {
  const outcome = await perform(step, stack);
  const calls = world.newCalls().map((call) => (plansSerially(step) ? call : { ...call, overlapped: false }));
  const deployment = await stack.exportStack();
  return {
    step: name,
    ...(outcome instanceof OperationError && { failed: failuresOf(outcome) }),
    changeSummary: sorted(outcome.changeSummary),
    steps: stepsOf(outcome),
    calls: callsByResource(calls),
    ...(scenario.ordered &&
      step.do !== "refresh" && {
        order: calls.filter((call) => call.name).map((call) => `${call.method} ${call.name}`),
      }),
    processes: processesBySettings(calls),
    outputs: await stack.outputs(),
    state: await normalState(deployment),
  };
}

/** A program's resources are checked and compared one after the other; those of a refresh or an import are not. */
const plansSerially = (step: ScenarioStep): boolean =>
  (step.do === "preview" || step.do === "up") && step.options?.refresh !== true;

async function perform(step: ScenarioStep, stack: Stack): Promise<OperationResult | OperationError> {
  try {
    const result = await performStep(step, stack);
    if (step.fails) throw new Error(`the ${step.do} was to fail, but it did not`);
    return result;
  } catch (error) {
    if (!(error instanceof OperationError) || !step.fails) throw error;
    return error;
  }
}

async function performStep(step: ScenarioStep, stack: Stack): Promise<OperationResult> {
  switch (step.do) {
    case "preview":
      return stack.preview(step.options);
    case "up":
      return stack.up(step.options);
    case "refresh":
      return stack.refresh(step.options);
    case "destroy":
      return stack.destroy(step.options);
    case "import":
      // The CLI's import tells nothing of its steps.
      return { ...(await stack.importResources(step.file)), steps: [], changeSummary: {} };
  }
}

/** The first line of each error, below the resource it belongs to. */
const failuresOf = (error: OperationError): string[] =>
  error.failed
    .map(
      ({ urn, message }) =>
        `${isRoot(urn) ? "run" : nameOf(urn)}: ${withoutIds(message.trim().split("\n")[0] ?? "")}`,
    )
    .sort();

const isRoot = (urn: string): boolean => urn === "" || urn.includes("::pulumi:pulumi:Stack::");

const sorted = (summary: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(summary)
      .filter(([, count]) => count > 0)
      .sort(),
  );

/** A preview tells of a step that fails too, and nothing tells the CLI's events that it failed. */
function stepsOf(outcome: OperationResult | OperationError): string[] {
  const failed = outcome instanceof OperationError ? outcome.failed.map(({ urn }) => urn) : [];
  const steps = outcome.steps.filter(({ urn }) => isRoot(urn) || !failed.includes(urn));
  return [...new Set(steps.map(describeStep))].sort();
}

function describeStep({ op, urn, diffs, replaceKeys, changes }: StepSummary): string {
  const changed = changes.map(
    ({ path, kind, old, new: next }) => `${kind} ${path} ${JSON.stringify([old, next])}`,
  );
  const parts = [
    ...(diffs.length > 0 ? [`differs in ${[...diffs].sort().join(", ")}`] : []),
    ...(replaceKeys.length > 0 ? [`replaced for ${[...replaceKeys].sort().join(", ")}`] : []),
    ...changed,
  ];
  return withoutIds([`${op} ${nameOf(urn)}`, ...parts].join(": "));
}

function callsByResource(calls: Call[]): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  for (const { method, name, id, olds, news, flavour, overlapped } of calls) {
    if (name === undefined) continue;
    const bags = [olds, news].map((bag) => JSON.stringify(sortedDeep(bag ?? null)));
    const text = `${method} ${id ?? "-"} ${bags.join(" => ")} (${flavour})${overlapped ? " at the same time as another" : ""}`;
    result[name] = [...(result[name] ?? []), text];
  }
  return Object.fromEntries(Object.entries(result).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function processesBySettings(calls: Call[]): Record<string, number> {
  const pids = new Map<string, Set<number>>();
  for (const { flavour, pid } of calls) pids.set(flavour, (pids.get(flavour) ?? new Set()).add(pid));
  return sorted(Object.fromEntries([...pids].map(([flavour, set]) => [flavour, set.size])));
}

function sortedDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedDeep);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortedDeep(inner)]),
  );
}

const byNature = ["created", "modified", "sourcePosition", "stackTrace"];

export async function normalState(deployment: Deployment): Promise<unknown> {
  const salt = saltOf(deployment);
  const crypter =
    salt === undefined ? await Crypter.create(passphrase) : await Crypter.open(passphrase, salt);
  const resources = (deployment.deployment.resources ?? []) as JsonObject[];
  const pending = (deployment.deployment.pending_operations ?? []) as JsonObject[];
  return {
    resources: resources.map((json) => normalResource(json, crypter)).sort(byUrn),
    pending: pending.map(({ type, resource }) => ({
      type,
      ...normalResource(resource as JsonObject, crypter),
    })),
  };
}

function normalResource(json: JsonObject, crypter: Crypter): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(json).filter(([key]) => !byNature.includes(key)));
  const bag = (key: string) => {
    const values = deserializeProperties(json[key] as JsonObject | undefined, crypter);
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(name, value)]));
  };
  const normal = {
    ...kept,
    ...("inputs" in json && { inputs: bag("inputs") }),
    ...("outputs" in json && { outputs: bag("outputs") }),
  };
  return JSON.parse(withoutIds(JSON.stringify(sortedDeep(normal)))) as Record<string, unknown>;
}

function shown(name: string, value: PropertyValue): unknown {
  if (name === "__provider") return "text";
  if (value instanceof Secret) return { secret: shown("", value.element) };
  if (Array.isArray(value)) return value.map((item) => shown("", item));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(key, inner)]));
  return value;
}

const byUrn = (a: Record<string, unknown>, b: Record<string, unknown>): number =>
  `${String(a.urn)} ${String(a.id)}` < `${String(b.urn)} ${String(b.id)}` ? -1 : 1;

/** Provider ids are random, folders differ from machine to machine. */
const withoutIds = (text: string): string =>
  text.replaceAll(program, "<program>").replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>");
