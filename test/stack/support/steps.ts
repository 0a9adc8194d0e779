import type { Operation, SandboxInstance } from "pulumi-cake/sandbox";
import { expect } from "vitest";
import { type CliStack, nameOf, type OperationResult, type PropertyChange, typeOf } from "./cli";
import type { World } from "./world";

/** Calls to CAKE by endpoint; those without a call do not show. */
export type Calls = Partial<Record<Operation, number>>;

/** Calls as a test expects them: a number, or a matcher. */
export type ExpectedCalls = Partial<Record<Operation, unknown>>;

/** A step of a story, and all that it did. */
export interface Done<T extends OperationResult = OperationResult> {
  readonly result: T;
  /** What was done to which resource, by name; the stack itself and what stayed as it was left out. */
  readonly did: Record<string, string>;
  /** What CAKE was asked, all instances together. */
  readonly calls: Calls;
}

type Step<T extends OperationResult> = (stack: CliStack) => Promise<T>;

/** Runs one step. */
export async function once<T extends OperationResult>(
  { stack, sandbox }: World,
  step: Step<T>,
): Promise<Done<T>> {
  takeCalls(...sandbox.instances);
  const result = await step(stack);
  return { result, did: operations(result), calls: takeCalls(...sandbox.instances) };
}

/**
 * Runs a step that changes something, and runs it again: by then nothing may be left to do, and CAKE may be
 * asked for no more than `again`.
 */
export async function twice<T extends OperationResult>(
  world: World,
  step: Step<T>,
  again: ExpectedCalls = {},
): Promise<Done<T>> {
  const first = await once(world, step);
  const second = await once(world, step);
  expect(second.did, "the second time").toEqual({});
  expect(second.calls, "the second time").toEqual(again);
  return first;
}

/** Shows what would be done, parameter by parameter, which must not take a single call. */
export async function preview(world: World): Promise<Done> {
  const shown = await once(world, (stack) => stack.preview({ diff: true }));
  expect(shown.calls, "calls of a preview").toEqual({});
  return shown;
}

/** Previews twice, which must show the same. The first time, the engine checks types with the program's tsconfig. */
export async function previewTwice(world: World): Promise<Done> {
  world.stack.setEnv("PULUMI_NODEJS_TRANSPILE_ONLY", "false");
  const first = await preview(world);
  world.stack.setEnv("PULUMI_NODEJS_TRANSPILE_ONLY", "true");
  expect((await preview(world)).did, "the second preview").toEqual(first.did);
  return first;
}

/**
 * The calls of a run that makes these writes and not one more: the pages of one listing, and at most two reads for its
 * end and for the first write of each kind.
 */
export function writing(writes: Pick<Calls, "create" | "update">, pages = 1): ExpectedCalls {
  return { ...reading(pages + Object.keys(writes).length - 1), ...writes };
}

/** The calls of a run that reads one listing of so many pages. */
export function reading(pages = 1): ExpectedCalls {
  const most = pages + 2;
  return { list: expect.toSatisfy((count: number) => count >= 1 && count <= most, `1 to ${most} calls`) };
}

/** The calls since it was last asked. */
export function takeCalls(...instances: readonly SandboxInstance[]): Calls {
  const calls: Calls = {};
  for (const { operation } of instances.flatMap(({ requests }) => requests)) {
    calls[operation] = (calls[operation] ?? 0) + 1;
  }
  for (const instance of instances) instance.forgetRequests();
  return calls;
}

export function operations({ steps }: OperationResult): Record<string, string> {
  const done = steps.filter(({ op, urn }) => op !== "same" && typeOf(urn) !== "pulumi:pulumi:Stack");
  return Object.fromEntries(done.map(({ op, urn }) => [nameOf(urn), op]));
}

/** The inputs that a step changes, each as "path: old → new". */
export function changesOf({ result }: Done, name: string): string[] {
  const step = result.steps.find(({ op, urn }) => op !== "same" && nameOf(urn) === name);
  return (step?.changes ?? []).map(changeText).sort();
}

function changeText({ path, old = "–", new: now = "–" }: PropertyChange): string {
  return `${path}: ${old} → ${now}`;
}
