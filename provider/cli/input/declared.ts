import { CLICK_ID_SLOTS, type ClickIdSlot } from "../../postback/macros";
import { openValue, type Value } from "./value";

/** A postback as a preview or a state has it, as far as it can be read. */
export interface DeclaredPostback {
  readonly url: Value;
  readonly affiliateId: number | undefined;
  readonly offerId: number | undefined;
  readonly postbackStatus: string | undefined;
  readonly postbackTypeId: number | undefined;
  readonly clickIdSlot: ClickIdSlot | undefined;
  readonly overlapUntil: string | undefined;
  /** Rules that the program suppresses, each with its reason. */
  readonly suppress: Readonly<Record<string, string>>;
}

/** Reads the properties of a resource. */
export function declaredPostback(properties: Readonly<Record<string, unknown>>): DeclaredPostback {
  return {
    url: openValue(properties.postbackUrl),
    affiliateId: number(properties.affiliateId),
    offerId: number(properties.offerId),
    postbackStatus: text(properties.postbackStatus),
    postbackTypeId: number(properties.postbackTypeId),
    clickIdSlot: CLICK_ID_SLOTS.find((slot) => slot === text(properties.clickIdSlot)),
    overlapUntil: text(properties.overlapUntil),
    suppress: reasonsIn(known(properties.suppress)),
  };
}

function known(written: unknown): unknown {
  const value = openValue(written);
  return value.kind === "known" ? value.value : undefined;
}

function number(written: unknown): number | undefined {
  const value = known(written);
  return typeof value === "number" ? value : undefined;
}

function text(written: unknown): string | undefined {
  const value = known(written);
  return typeof value === "string" ? value : undefined;
}

function reasonsIn(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([rule, reason]) => [rule, text(reason) ?? "not shown"]),
  );
}
