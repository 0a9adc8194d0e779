// What planning knows: the state the run started from, what the user limited it to, and its books.

import type { ProgramEvent } from "../goal";
import type { DependencyGraph } from "../graph";
import { dependenciesOfState, providerUrnOf } from "../graph";
import type { ResourceState } from "../state";
import { rootStackType } from "../state";
import type { Step, StepContext } from "../steps/step";
import { isProviderType, qualifiedTypeOf, type StackName } from "../urn";
import type { Books } from "./books";

/** `destroy` and `refresh` are runs of the program that change nothing but what their name says. */
export type Mode = "update" | "destroy" | "refresh";

export interface PlanContext extends StepContext {
  readonly stack: StackName;
  readonly mode: Mode;
  /** Refreshes each resource when the program registers it. */
  readonly refreshOnRegister: boolean;
  /** The snapshot of before; a refresh replaces it. */
  base: BaseState;
  readonly books: Books;
  /** Resources as this run has them. */
  readonly news: Map<string, ResourceState>;
  /** Undefined when the run is not limited. */
  readonly targets: ReadonlySet<string> | undefined;
  readonly targetDependents: boolean;
  readonly replaceTargets: ReadonlySet<string>;
}

export interface BaseState {
  resources: ResourceState[];
  /** By URN, without those that only wait to be deleted. */
  olds: Map<string, ResourceState>;
  graph: DependencyGraph;
}

/** Already told to the user; ends the run without another word. */
export class Bail extends Error {}

export function bail(context: StepContext, urn: string, message: string): Bail {
  context.diagnose("error", urn, message);
  return new Bail(message);
}

/** What a plan is made of: steps to run one after the other, and what to plan once they are done. */
export interface Planned {
  steps: Step[];
  afterwards?: () => Promise<Planned>;
}

/** Whether the resource takes part in the operation. */
export function isIncluded(context: PlanContext, state: ResourceState): boolean {
  if (context.targets === undefined) return true;
  if (context.targets.has(state.urn)) return true;
  if (!context.targetDependents) return false;
  const needs = [...dependenciesOfState(state), providerUrnOf(state), state.parent];
  return needs.some((urn) => context.books.targets.has(urn));
}

/** Providers and the stack itself always take part: everything else needs them. */
export const isImplicitTarget = (urn: string, type: string): boolean =>
  isProviderType(type) || qualifiedTypeOf(urn) === rootStackType;

export const isReplaceTarget = (context: PlanContext, urn: string, old: ResourceState | undefined): boolean =>
  context.replaceTargets.has(urn) || old?.taint === true;

/** The rest of a plan, when the steps it waited for are done. */
export interface Continuation {
  kind: "continue";
  plan: () => Promise<Planned>;
}

export type RunEvent = ProgramEvent | Continuation;
