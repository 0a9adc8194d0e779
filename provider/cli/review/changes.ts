import { identityOf } from "../../postback/postback";
import { type DeclaredPostback, declaredPostback } from "../input/declared";
import { keeperOf, type PostbackStep, type Preview, type StepKind } from "../input/preview";
import type { ProviderRules } from "../input/providers";

/** What becomes of a postback in CAKE. */
export type ChangeKind = Exclude<StepKind, "refresh" | "read" | "forget">;

/** One postback of a preview. */
export interface PostbackChange extends ProviderRules {
  readonly name: string;
  readonly kind: ChangeKind;
  /** CAKE's id; undefined where it is new. */
  readonly id: string | undefined;
  readonly before: DeclaredPostback | undefined;
  readonly after: DeclaredPostback | undefined;
  /** The properties that the provider found changed: what is left where both URLs are hidden. */
  readonly changedProperties: PostbackStep["changed"];
  /** The resource option for which the postback stays as it is in CAKE, although it leaves the stack. */
  readonly keptActiveBy?: PostbackStep["keptActiveBy"];
}

/** Whether a step could change CAKE, or says that it does not. The others only look, or change the state. */
export function concernsCake(step: PostbackStep): step is PostbackStep & { kind: ChangeKind } {
  return step.kind !== "refresh" && step.kind !== "read" && step.kind !== "forget";
}

/** The changes of a preview, one for each postback. */
export function changesOf(steps: readonly PostbackStep[]): PostbackChange[] {
  return steps.filter(concernsCake).map((step) => {
    const { name, instance, rules, oldState, newState, changed, keptActiveBy } = step;
    const before = oldState && declaredPostback({ ...oldState.inputs, ...oldState.outputs });
    const after = step.kind === "delete" || !newState ? undefined : declaredPostback(newState.inputs ?? {});
    const kind = isOnlyMoved(step, before, after) ? "same" : step.kind;
    const known = { name, kind, instance, rules, keptActiveBy };
    return { ...known, id: oldState?.id, changedProperties: changed, before, after };
  });
}

// A postback that comes back from the plugin is updated in the state, which must name the code of the dynamic provider.
function isOnlyMoved(
  { kind, oldState, newState }: PostbackStep,
  before: DeclaredPostback | undefined,
  after: DeclaredPostback | undefined,
): boolean {
  if (kind !== "update" || oldState?.type === newState?.type) return false;
  return after?.url.kind === "known" && JSON.stringify(before) === JSON.stringify(after);
}

/** Compares what two programs declare, each previewed into an empty stack: what is live was not looked at. */
export function changesBetween(base: Preview, head: Preview): PostbackChange[] {
  // A program may declare by the plugin what it declared as a dynamic resource.
  const declaredIn = ({ steps }: Preview) =>
    new Map(steps.filter(concernsCake).map((step) => [identityOf(step.urn), step]));
  const [before, after] = [declaredIn(base), declaredIn(head)];
  const staying = new Set([...head.urns].map(identityOf));
  const leaving = new Set([...base.urns].filter((urn) => !staying.has(identityOf(urn))));
  return [...new Set([...before.keys(), ...after.keys()])].map((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const [old, now] = [was, is].map(
      (step) => step?.newState && declaredPostback(step.newState.inputs ?? {}),
    );
    const kind = kindBetween(old, now);
    const isLeaving = kind === "delete" || kind === "replace";
    const keptActiveBy = isLeaving ? keeperOf(was?.newState, leaving) : undefined;
    const { name = key, instance } = is ?? was ?? {};
    // What a pull request declares must not weigh the rules for itself.
    const others = { id: undefined, changedProperties: [], keptActiveBy, rules: was?.rules };
    return { ...others, name, kind, instance, before: old, after: now };
  });
}

function kindBetween(old: DeclaredPostback | undefined, now: DeclaredPostback | undefined): ChangeKind {
  if (old === undefined) return "create";
  if (now === undefined) return "delete";
  if (identity(old) !== identity(now)) return "replace";
  return JSON.stringify(old) === JSON.stringify(now) ? "same" : "update";
}

function identity({ affiliateId, offerId, postbackTypeId }: DeclaredPostback): string {
  return JSON.stringify([affiliateId, offerId, postbackTypeId]);
}

/** The URL where it can be read. */
export function readableUrl(postback: DeclaredPostback | undefined): string | undefined {
  const url = postback?.url;
  return url?.kind === "known" && typeof url.value === "string" && !url.isSecret ? url.value : undefined;
}

/** Whether a postback fires. */
export function isActive(postback: DeclaredPostback | undefined): boolean {
  return postback !== undefined && postback.postbackStatus?.toLowerCase() !== "inactive";
}
