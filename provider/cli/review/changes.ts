import { CLICK_ID_SLOTS, type ClickIdSlot } from "../../postback/rules/rule";
import type { PostbackStep } from "../input/preview";
import { nameOf } from "../input/stackExport";
import { openValue, type Value } from "../input/value";

/** What becomes of a postback. */
export type Kind = "create" | "update" | "replace" | "delete" | "same";

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
  readonly kind: Kind;
  /** CAKE's id; undefined where it is new. */
  readonly id: string | undefined;
  readonly before: Side | undefined;
  readonly after: Side | undefined;
  /** The properties that the engine found changed: what is left where both URLs are hidden. */
  readonly differing: readonly string[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  ...{ create: "create", import: "create", update: "update", same: "same" },
  ...{ replace: "replace", delete: "delete" },
};

/** The changes of a preview, one for each postback. The steps of a replacement are one change. */
export function changesOf(steps: readonly PostbackStep[]): Change[] {
  return steps.flatMap((step) => {
    const kind = KINDS[step.op];
    return kind === undefined ? [] : [changeOf(step, kind)];
  });
}

function changeOf({ urn, oldState, newState, detailedDiff }: PostbackStep, kind: Kind): Change {
  return {
    ...{ name: nameOf(urn), kind, id: oldState?.id },
    before: oldState && sideOf({ ...oldState.inputs, ...oldState.outputs }),
    after: kind === "delete" || !newState ? undefined : sideOf(newState.inputs),
    differing: Object.keys(detailedDiff ?? {}),
  };
}

/** Compares what two programs declare, each previewed into an empty stack: what is live was not looked at. */
export function changesBetween(base: readonly PostbackStep[], head: readonly PostbackStep[]): Change[] {
  const declaredIn = (steps: readonly PostbackStep[]) =>
    new Map(steps.flatMap(({ urn, newState }) => (newState ? [[nameOf(urn), sideOf(newState.inputs)]] : [])));
  const [before, after] = [declaredIn(base), declaredIn(head)];
  return [...new Set([...before.keys(), ...after.keys()])].map((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    return { name, kind: kindBetween(old, now), id: undefined, before: old, after: now, differing: [] };
  });
}

function kindBetween(old: Side | undefined, now: Side | undefined): Kind {
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
    ...{ status: text("postbackStatus"), typeId: number("postbackTypeId") },
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
