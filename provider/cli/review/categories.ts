import { macrosIn } from "../../postback/macros";
import { CLICK_ID_SLOTS } from "../../postback/rules/rule";
import { plainName, urlParameters } from "../../postback/rules/urlParameters";
import { isAmount } from "../../postback/rules/vocabulary";
import { clickIdParameters } from "../../postback/trackers/trackerAt";
import { urlParts } from "../../postback/url";
import { type Change, isActive, readableUrl } from "./changes";

/** What a change puts at risk, the worst first. A change is listed under the first of its categories. */
export const CHANGE_CATEGORIES = [
  "click id changed",
  "host changed",
  "payout changed",
  "deactivated",
  "kept active",
  "replaced",
  "for all offers",
  "one of many at once",
  "new rule broken",
  "other change",
] as const;
export type ChangeCategory = (typeof CHANGE_CATEGORIES)[number];

/** The categories of a change; never none. */
export function categoriesOf(change: Change, breaksRule: boolean, isOneOfMany: boolean): ChangeCategory[] {
  const has: Readonly<Record<Exclude<ChangeCategory, "other change">, boolean>> = {
    "click id changed": differs(change, clickIdIn, "urlParts.query"),
    "host changed": differs(change, (url) => urlParts(url).host.toLowerCase(), "urlParts.host"),
    "payout changed": differs(change, payoutIn, "urlParts.query"),
    deactivated: isDeactivated(change),
    "kept active": isKeptActive(change),
    replaced: change.kind === "replace",
    "for all offers": change.after?.offerId === 0 && change.before?.offerId !== 0,
    "one of many at once": isOneOfMany,
    "new rule broken": breaksRule,
  };
  const found = CHANGE_CATEGORIES.filter((one) => one !== "other change" && has[one]);
  return found.length > 0 ? found : ["other change"];
}

/** Whether a postback that fired does so no more. */
export function isDeactivated(change: Change): boolean {
  const { kind, before, after } = change;
  if (!isActive(before) || isKeptActive(change)) return false;
  return kind === "delete" || !isActive(after);
}

/** Whether a postback goes on firing that leaves the stack, or that is replaced. */
export function isKeptActive({ before, keptActiveBy }: Change): boolean {
  return isActive(before) && keptActiveBy !== undefined;
}

/** Whether a change writes to a postback that CAKE has. */
export function writesToLive({ kind, keptActiveBy }: Change): boolean {
  return kind === "update" || ((kind === "replace" || kind === "delete") && keptActiveBy === undefined);
}

// Where the URLs are hidden, what the engine found changed has to do: it may be more than there is.
function differs(change: Change, partOf: (url: string) => string, property: string): boolean {
  const { before, after, differing } = change;
  if (before === undefined || after === undefined) return false;
  const [old, now] = [readableUrl(before), readableUrl(after)];
  if (old !== undefined && now !== undefined) return partOf(old) !== partOf(now);
  return differing.some((path) => path.startsWith(property));
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
