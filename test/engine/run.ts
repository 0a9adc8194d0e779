import { NoAnswer, Refusal } from "../host/support/failures";
import type { Bag } from "../host/support/proto";
import type { Processes, Provider } from "./processes";
import { DEFAULT_PROVIDER, type Goal, type Resource, type Stack } from "./stack";

type StepKind = "same" | "create" | "update" | "replace" | "delete" | "read" | "skipped";

/** How one step of a run ended; the refusal if it failed. */
export interface Ended {
  readonly urn: string;
  readonly step: StepKind;
  /** The record that the step was about, before it. */
  readonly id?: string | undefined;
  /** What the state had before, and the inputs as the provider has checked them. */
  readonly old?: Resource | undefined;
  readonly inputs?: Bag | undefined;
  readonly refusal?: Refusal;
}

export interface RunOptions {
  /** Nothing is written, and the state stays as it is. */
  readonly isPreview?: boolean;
  /** Only these are looked at. */
  readonly targets?: readonly string[] | undefined;
  readonly continueOnError?: boolean | undefined;
}

/** A step that is planned: its kind, the record that it is about, and how it is done. */
interface Step {
  readonly kind: StepKind;
  readonly old?: Resource | undefined;
  readonly inputs?: Bag;
  readonly apply?: () => Promise<void>;
}

/** One phase of a run of the engine, a preview or an update, with the calls that the real one makes. */
export class Run {
  /** A killed engine hears and records nothing more. */
  isKilled = false;
  private hasFailed = false;
  private planning: Promise<unknown> = Promise.resolve();
  private readonly declared = new Set<string>();

  constructor(
    readonly stack: Stack,
    readonly processes: Processes,
    private readonly options: RunOptions = {},
  ) {}

  get ok(): boolean {
    return !this.hasFailed && !this.isKilled;
  }

  /** What `--refresh` does before the program runs, and `pulumi refresh` with the whole state. */
  refresh(resources: readonly Resource[] = this.stack.resources): Promise<Ended[]> {
    const asked = resources.filter(({ urn, isReplaced }) => !isReplaced && this.isTargeted(urn));
    return Promise.all(
      asked.map((old) =>
        this.step(old.urn, async () => ({ kind: "read", old, apply: () => this.read(old) })),
      ),
    );
  }

  /** What the engine does with a resource that the program registers: it is planned in turn, and applied at once. */
  register(goal: Goal): Promise<Ended> {
    return this.step(goal.urn, () => this.inTurn(() => this.plan(goal)));
  }

  /** What comes after the program: what was replaced, or is no longer declared, is deleted. */
  async finish(): Promise<Ended[]> {
    if (this.isKilled || (this.hasFailed && !this.options.continueOnError)) return [];
    const left = this.stack.resources.filter((one) => one.isReplaced || !this.declared.has(one.urn));
    return Promise.all(left.filter(({ urn }) => this.isTargeted(urn)).map((old) => this.remove(old)));
  }

  remove(old: Resource): Promise<Ended> {
    return this.step(old.urn, async () => ({ kind: "delete", old, apply: () => this.delete(old) }));
  }

  private isTargeted(urn: string): boolean {
    return this.options.targets?.includes(urn) ?? true;
  }

  private async plan(goal: Goal): Promise<Step> {
    const old = this.stack.find(goal);
    this.declared.add(goal.urn);
    // Until its step is done, the state has it by its former name.
    if (old) this.declared.add(old.urn);
    if (!this.isTargeted(goal.urn)) return { kind: old ? "same" : "skipped" };
    if (this.hasFailed && !this.options.continueOnError) return { kind: "skipped" };
    const { provider: name = DEFAULT_PROVIDER } = goal;
    this.requireLife();
    const provider = await this.processes.of(name);
    const inputs = await checked(provider, old?.inputs ?? {}, goal.inputs);
    if (old === undefined)
      return { kind: "create", inputs, apply: () => this.create(provider, goal, inputs) };

    this.requireLife();
    // A resource that moves to another provider is replaced, and neither provider is asked for a diff.
    const moves = old.provider !== name;
    const { changes, replaces, deleteBeforeReplace } = moves
      ? { changes: true, replaces: ["provider"], deleteBeforeReplace: false }
      : await provider.diff(old.id, old.outputs, inputs);
    if (replaces.length > 0) {
      // The engine checks a replacement once more, as something that is not there yet.
      const anew = await checked(provider, {}, goal.inputs);
      return {
        kind: "replace",
        old,
        inputs: anew,
        apply: () => this.replace(provider, goal, old, anew, deleteBeforeReplace),
      };
    }
    if (!changes && !old.isUnfinished)
      return {
        kind: "same",
        old,
        inputs,
        apply: async () => this.record(() => this.stack.put({ ...old, urn: goal.urn, inputs }, old)),
      };
    return { kind: "update", old, inputs, apply: () => this.update(provider, goal, old, inputs) };
  }

  private async create(provider: Provider, goal: Goal, inputs: Bag, replaced?: Resource): Promise<void> {
    const { stack } = this;
    const { urn, provider: name = DEFAULT_PROVIDER } = goal;
    stack.interrupted.push(goal);
    const keep = (id: string, outputs: Bag, isUnfinished: boolean) =>
      this.record(() => {
        stack.put({ urn, provider: name, id, inputs, outputs, isUnfinished, isReplaced: false });
        if (replaced) stack.put({ ...replaced, isReplaced: true }, replaced);
      });
    try {
      const { id, outs } = await provider.create(inputs);
      keep(id, outs, false);
    } catch (error) {
      const partial = partialOf(error);
      if (partial) keep(partial.id, partial.properties, true);
      throw error;
    } finally {
      this.record(() => stack.interrupted.splice(stack.interrupted.indexOf(goal), 1));
    }
  }

  private async replace(
    provider: Provider,
    goal: Goal,
    old: Resource,
    inputs: Bag,
    isDeletedFirst: boolean,
  ): Promise<void> {
    if (isDeletedFirst) await this.delete(old);
    this.requireLife();
    await this.create(provider, goal, inputs, isDeletedFirst ? undefined : old);
  }

  private async update(provider: Provider, { urn }: Goal, old: Resource, inputs: Bag): Promise<void> {
    const keep = (outputs: Bag, isUnfinished: boolean) =>
      this.record(() => this.stack.put({ ...old, urn, inputs, outputs, isUnfinished }, old));
    try {
      keep((await provider.update(old.id, old.outputs, inputs)).outs, false);
    } catch (error) {
      const partial = partialOf(error);
      if (partial) keep(partial.properties, true);
      throw error;
    }
  }

  private async read(old: Resource): Promise<void> {
    const provider = await this.processes.of(old.provider);
    const { id, props, inputs = old.inputs } = await provider.read(old.id, old.outputs);
    if (id === "") return this.record(() => this.stack.drop(old));
    const now = { ...old, id, inputs, outputs: props, isUnfinished: false };
    this.record(() => this.stack.put(now, old));
    this.requireLife();
    // The change that the program would show now, which is how the engine tells whether the record drifted.
    await provider.diff(id, props, old.inputs);
  }

  private async delete(old: Resource): Promise<void> {
    const provider = await this.processes.of(old.provider);
    await provider.delete(old.id, old.outputs);
    this.record(() => this.stack.drop(old));
  }

  /** A killed engine makes no more calls, though its processes may live. */
  private requireLife(): void {
    if (this.isKilled) throw new Error("The engine is gone.");
  }

  private record(change: () => void): void {
    if (!this.isKilled && !this.options.isPreview) change();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.planning.then(work);
    this.planning = turn.catch(() => undefined);
    return turn;
  }

  private async step(urn: string, plan: () => Promise<Step>): Promise<Ended> {
    let step: Step = { kind: "skipped" };
    try {
      step = await plan();
      this.requireLife();
      if (!this.options.isPreview || step.kind === "read") await step.apply?.();
      if (this.isKilled) return { urn, step: "skipped" };
      return endedAs(urn, step);
    } catch (error) {
      // A killed run has no end: nobody hears whether a call failed, or why.
      if (this.isKilled) return { urn, step: "skipped" };
      if (!(error instanceof Refusal))
        throw error instanceof NoAnswer ? new Error(`${urn}: ${error.message}`) : error;
      this.hasFailed = true;
      return { ...endedAs(urn, step), refusal: error };
    }
  }
}

function endedAs(urn: string, { kind, old, inputs }: Step): Ended {
  return { urn, step: kind, id: old?.id, old, inputs };
}

async function checked(provider: Provider, olds: Bag, news: Bag): Promise<Bag> {
  const { inputs, failures } = await provider.check(olds, news);
  if (failures.length === 0) return inputs;
  throw new Refusal(failures.map(({ reason }) => reason).join("\n"), 0, undefined);
}

function partialOf(error: unknown): Refusal["partial"] {
  return error instanceof Refusal ? error.partial : undefined;
}
