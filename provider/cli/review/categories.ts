import { CLICK_ID_SLOTS, macrosIn } from "../../postback/macros";
import { plainName, urlParameters } from "../../postback/reading/reading";
import { isAmount } from "../../postback/reading/vocabulary";
import { clickIdParameters } from "../../postback/trackers/roles";
import { urlParts } from "../../postback/url";
import { isActive, type PostbackChange, readableUrl } from "./changes";
import type { ReviewedChange } from "./report";

/** What a change puts at risk, the worst first. A change is listed under the first of its categories. */
export const CHANGE_CATEGORIES = [
  "clickIdChanged",
  "hostChanged",
  "payoutChanged",
  "deactivated",
  "keptActive",
  "replaced",
  "forAllOffers",
  "overLimit",
  "ruleNewlyBroken",
  "otherChange",
] as const;
export type ChangeCategory = (typeof CHANGE_CATEGORIES)[number];

/** The categories of a change; never none. */
export function categoriesOf(
  change: PostbackChange,
  breaksRule: boolean,
  isOverLimit: boolean,
): ChangeCategory[] {
  const has: Readonly<Record<Exclude<ChangeCategory, "otherChange">, boolean>> = {
    clickIdChanged: differs(change, clickIdIn, "urlParts.query"),
    hostChanged: differs(change, (url) => urlParts(url).host.toLowerCase(), "urlParts.host"),
    payoutChanged: differs(change, payoutIn, "urlParts.query"),
    deactivated: isDeactivated(change),
    keptActive: isKeptActive(change),
    replaced: change.kind === "replace",
    forAllOffers: change.after?.offerId === 0 && change.before?.offerId !== 0,
    overLimit: isOverLimit,
    ruleNewlyBroken: breaksRule,
  };
  const found = CHANGE_CATEGORIES.filter((one) => one !== "otherChange" && has[one]);
  return found.length > 0 ? found : ["otherChange"];
}

/** The place of a change among others: 0 for the worst. */
export function riskOf({ categories: [first = "otherChange"] }: Pick<ReviewedChange, "categories">): number {
  return CHANGE_CATEGORIES.indexOf(first);
}

/** Whether a postback that fired does so no more. */
export function isDeactivated(change: PostbackChange): boolean {
  const { kind, before, after } = change;
  if (!isActive(before) || isKeptActive(change)) return false;
  return kind === "delete" || !isActive(after);
}

/** Whether a postback goes on firing that leaves the stack, or that is replaced. */
export function isKeptActive({ before, keptActiveBy }: PostbackChange): boolean {
  return isActive(before) && keptActiveBy !== undefined;
}

/** Whether a change writes to a postback that CAKE has. */
export function writesToLive({ kind, keptActiveBy }: PostbackChange): boolean {
  return kind === "update" || ((kind === "replace" || kind === "delete") && keptActiveBy === undefined);
}

// Where the URLs are hidden, what the engine found changed has to do: it may be more than there is.
function differs(change: PostbackChange, partOf: (url: string) => string, property: string): boolean {
  const { before, after, changedProperties } = change;
  if (before === undefined || after === undefined) return false;
  const [old, now] = [readableUrl(before), readableUrl(after)];
  if (old !== undefined && now !== undefined) return partOf(old) !== partOf(now);
  return changedProperties.some(({ path }) => path.startsWith(property));
}

const SLOTS: ReadonlySet<string> = new Set(CLICK_ID_SLOTS);

function clickIdIn(url: string): string {
  const named = clickIdParameters(url).map(({ name, value }) => [name, value]);
  return JSON.stringify(named.length > 0 ? named : macrosIn(url).filter((name) => SLOTS.has(name)));
}

function payoutIn(url: string): string {
  const all = urlParameters(url).map(({ name, value }) => ({ name, value }));
  return JSON.stringify(
    all.filter(
      ({ name, value }) =>
        isAmount(name) || plainName(name) === "currency" || macrosIn(value).includes("price"),
    ),
  );
}
