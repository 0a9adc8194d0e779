import { macrosIn } from "../../postback/macros";
import { parametersOf, plainName } from "../../postback/rules/places";
import { CLICK_ID_SLOTS } from "../../postback/rules/rule";
import { isAmount } from "../../postback/rules/vocabulary";
import { clickIdParameters } from "../../postback/trackers/trackerAt";
import { urlParts } from "../../postback/url";
import { type Change, readableUrl } from "./changes";

/** What a change puts at risk, the worst first. A change belongs to the first of its risks. */
export const RISKS = [
  "click id changed",
  "host changed",
  "payout changed",
  "switched off",
  "replaced",
  "for all offers",
  "one of many at once",
  "new rule broken",
  "other change",
] as const;
export type Risk = (typeof RISKS)[number];

/** The risks of a change that lie in itself; never none. */
export function risksOf(change: Change, breaksRule: boolean, isOneOfMany: boolean): Risk[] {
  const has: Readonly<Record<Exclude<Risk, "other change">, boolean>> = {
    "click id changed": differs(change, clickIdIn, "urlParts.query"),
    "host changed": differs(change, (url) => urlParts(url).host.toLowerCase(), "urlParts.host"),
    "payout changed": differs(change, payoutIn, "urlParts.query"),
    "switched off": isSwitchedOff(change),
    replaced: change.kind === "replace",
    "for all offers": change.after?.offerId === 0 && change.before?.offerId !== 0,
    "one of many at once": isOneOfMany,
    "new rule broken": breaksRule,
  };
  const risks = RISKS.filter((risk) => risk !== "other change" && has[risk]);
  return risks.length > 0 ? risks : ["other change"];
}

/** Whether a postback that fired does so no more. */
export function isSwitchedOff({ kind, before, after }: Change): boolean {
  const fired = before !== undefined && before.status !== "inactive";
  return fired && (kind === "delete" || after?.status === "inactive");
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
  const all = parametersOf(url).map(({ name, value }) => ({ name, value }));
  return JSON.stringify(
    all.filter(
      ({ name, value }) =>
        isAmount(name) || plainName(name) === "currency" || macrosIn(value).includes("price"),
    ),
  );
}
