import { clickSlotsAmong, plainName, slotsAmong, type UrlComponent, UrlReading } from "../reading/reading";
import { clickIdRank, isNumbered, roleOfName } from "../reading/vocabulary";
import type { Tracker } from "./tracker";
import { trackerOf, transactionIdOf } from "./trackerAt";

/** Which parameters of a URL take what, for its tracker or by custom. */
export interface Roles {
  readonly tracker: Tracker | undefined;
  /** What takes the click ID: several if the URL has them under one name. */
  readonly clickIds: readonly UrlComponent[];
  /** The same if their name says so, and not only the sub ID in the value; otherwise none. */
  readonly namedClickIds: readonly UrlComponent[];
  readonly amounts: readonly UrlComponent[];
  readonly transactionIds: readonly UrlComponent[];
  readonly statuses: readonly UrlComponent[];
}

/** Who takes what in a URL. */
export function rolesOf(reading: UrlReading): Roles {
  return reading.derive(findRoles);
}

// On some platforms these are the partner's own numbers, the same for every conversion.
const MAY_BE_FIXED = new Set(["tid", "leadid", "conversionid", "saleid", "actionid", "advsub"]);

/** Whether a parameter takes the transaction ID, and nothing else on any platform. */
export function isCertainTransactionId({ tracker }: Roles, { name, plain }: UrlComponent): boolean {
  const own = tracker && transactionIdOf(tracker);
  return name === own || (roleOfName(plain) === "transactionId" && !MAY_BE_FIXED.has(plain));
}

/** The parameters that take the click ID by their name, in a URL that nobody else reads. */
export function clickIdParameters(url: string): readonly UrlComponent[] {
  return rolesOf(new UrlReading(url)).namedClickIds;
}

function findRoles(reading: UrlReading): Roles {
  const tracker = trackerOf(reading);
  const clickIds = clickIdsOf(reading, tracker);
  const taken = new Set(clickIds.found);
  const others = reading.parameters.filter((one) => !taken.has(one));
  const transactionId = tracker && transactionIdOf(tracker);
  return {
    tracker,
    clickIds: clickIds.found,
    namedClickIds: clickIds.isNamed ? clickIds.found : [],
    amounts: others.filter(({ plain }) => roleOfName(plain) === "amount"),
    transactionIds: others.filter(
      ({ name, plain }) => name === transactionId || roleOfName(plain) === "transactionId",
    ),
    statuses: others.filter(({ plain }) => roleOfName(plain) === "status"),
  };
}

interface ClickIds {
  readonly found: readonly UrlComponent[];
  readonly isNamed: boolean;
}

function clickIdsOf(reading: UrlReading, tracker: Tracker | undefined): ClickIds {
  const named = (found: readonly UrlComponent[]) => ({ found, isNamed: true });
  if (tracker) {
    const own = plainName(tracker.parameters.clickId.name);
    const found = reading.parameters.filter(({ plain }) => plain === own);
    if (found.length > 0) return named(found);
  }
  const ranked = reading.parameters.flatMap((one) => {
    const rank = clickIdRank(one.plain);
    return rank === undefined ? [] : [{ one, rank }];
  });
  const [best] = ranked.sort((one, other) => one.rank - other.rank);
  if (best === undefined) return { found: carriers(reading, isCarrierByDefault), isNamed: false };
  // Where a cid carries no sub ID, it is the partner's campaign, and another parameter takes the click ID.
  const rivals = ranked.filter(({ rank }) => rank === best.rank || (best.rank > 0 && rank < LAST_RANK));
  const under = (plain: string) =>
    named(ranked.filter(({ one }) => one.plain === plain).map(({ one }) => one));
  const filled = rivals.find(({ one }) => hasClickSlot(one));
  if (filled) return under(filled.one.plain);
  const isSource = rivals.some(({ one }) => hasSlot(one));
  const elsewhere = best.rank === 0 ? [] : carriers(reading, isSource ? isPath : isCarrier);
  if (elsewhere.length > 0) return { found: elsewhere, isNamed: false };
  return under((rivals.find(({ one }) => hasSlot(one)) ?? best).one.plain);
}

/** The rank of names that mean a transaction as soon as another parameter may take the click ID. */
const LAST_RANK = 5;

function hasClickSlot({ macros }: UrlComponent): boolean {
  return clickSlotsAmong(macros).length > 0;
}

function hasSlot({ macros }: UrlComponent): boolean {
  return slotsAmong(macros).length > 0;
}

function carriers(reading: UrlReading, isOne: (component: UrlComponent) => boolean): UrlComponent[] {
  return [reading.path, ...reading.parameters].filter((one) => hasClickSlot(one) && isOne(one));
}

// A sub ID that is handed on under its number or as the source is not meant as the click ID.
function isCarrier({ plain }: UrlComponent): boolean {
  return roleOfName(plain) === undefined && !isNumbered(plain);
}

function isCarrierByDefault({ plain }: UrlComponent): boolean {
  const role = roleOfName(plain);
  return role === undefined || role === "transactionId";
}

function isPath({ kind }: UrlComponent): boolean {
  return kind === "path";
}
