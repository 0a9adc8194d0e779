import { CLICK_ID_SLOTS, type ClickIdSlot } from "../../postback/rules/rule";
import { keptBy, type PostbackStep, type Preview, type StepKind } from "../input/preview";
import { openValue, type Value } from "../input/value";

/** What becomes of a postback in CAKE. */
export type ChangeKind = Exclude<StepKind, "refresh" | "read" | "forget">;

/** A postback before or after a change, as far as it can be read. */
export interface Side {
  readonly url: Value;
  readonly affiliateId: number | undefined;
  readonly offerId: number | undefined;
  readonly status: string | undefined;
  readonly typeId: number | undefined;
  readonly clickIdSlot: ClickIdSlot | undefined;
  readonly overlapUntil: string | undefined;
  readonly suppress: Readonly<Record<string, string>>;
}

/** One postback of a preview. */
export interface Change {
  readonly name: string;
  readonly kind: ChangeKind;
  /** CAKE's id; undefined where it is new. */
  readonly id: string | undefined;
  readonly before: Side | undefined;
  readonly after: Side | undefined;
  /** The properties that the engine found changed: what is left where both URLs are hidden. */
  readonly differing: readonly string[];
  /** The resource option for which the postback stays as it is in CAKE, although it leaves the stack. */
  readonly keptActiveBy?: PostbackStep["keptActiveBy"];
}

/** Whether a step could change CAKE, or says that it does not. The others only look, or change the state. */
export function concernsCake(step: PostbackStep): step is PostbackStep & { kind: ChangeKind } {
  return step.kind !== "refresh" && step.kind !== "read" && step.kind !== "forget";
}

/** The changes of a preview, one for each postback. */
export function changesOf(steps: readonly PostbackStep[]): Change[] {
  return steps.filter(concernsCake).map(({ name, kind, oldState, newState, changed, keptActiveBy }) => ({
    ...{ name, kind, id: oldState?.id, differing: changed, keptActiveBy },
    before: oldState && sideOf({ ...oldState.inputs, ...oldState.outputs }),
    after: kind === "delete" || !newState ? undefined : sideOf(newState.inputs ?? {}),
  }));
}

/** Compares what two programs declare, each previewed into an empty stack: what is live was not looked at. */
export function changesBetween(base: Preview, head: Preview): Change[] {
  const declaredIn = ({ steps }: Preview) =>
    new Map(steps.filter(concernsCake).map((step) => [step.urn, step]));
  const [before, after] = [declaredIn(base), declaredIn(head)];
  const leaving = new Set([...base.urns].filter((urn) => !head.urns.has(urn)));
  return [...new Set([...before.keys(), ...after.keys()])].map((urn) => {
    const states = [before.get(urn)?.newState, after.get(urn)?.newState];
    const [old, now] = states.map((state) => state && sideOf(state.inputs ?? {}));
    const kind = kindBetween(old, now);
    const keptActiveBy = kind === "delete" || kind === "replace" ? keptBy(states[0], leaving) : undefined;
    const name = (before.get(urn) ?? after.get(urn))?.name ?? urn;
    return { name, kind, id: undefined, before: old, after: now, differing: [], keptActiveBy };
  });
}

function kindBetween(old: Side | undefined, now: Side | undefined): ChangeKind {
  if (old === undefined) return "create";
  if (now === undefined) return "delete";
  if (identity(old) !== identity(now)) return "replace";
  return JSON.stringify(old) === JSON.stringify(now) ? "same" : "update";
}

function identity({ affiliateId, offerId, typeId }: Side): string {
  return JSON.stringify([affiliateId, offerId, typeId]);
}

function sideOf(properties: Readonly<Record<string, unknown>>): Side {
  const known = (name: string) => {
    const value = openValue(properties[name]);
    return value.kind === "known" ? value.value : undefined;
  };
  const number = (name: string) => (typeof known(name) === "number" ? (known(name) as number) : undefined);
  const text = (name: string) => (typeof known(name) === "string" ? (known(name) as string) : undefined);
  return {
    url: openValue(properties.postbackUrl),
    ...{ affiliateId: number("affiliateId"), offerId: number("offerId") },
    ...{ status: text("postbackStatus")?.toLowerCase(), typeId: number("postbackTypeId") },
    clickIdSlot: CLICK_ID_SLOTS.find((slot) => slot === text("clickIdSlot")),
    overlapUntil: text("overlapUntil"),
    suppress: reasonsIn(known("suppress")),
  };
}

function reasonsIn(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([rule, reason]) => [rule, typeof reason === "string" ? reason : "not shown"]),
  );
}

/** The URL where it can be read. */
export function readableUrl(side: Side | undefined): string | undefined {
  const url = side?.url;
  return url?.kind === "known" && typeof url.value === "string" && !url.isSecret ? url.value : undefined;
}

/** Whether a postback fires. */
export function isActive(side: Side | undefined): boolean {
  return side !== undefined && side.status !== "inactive";
}
