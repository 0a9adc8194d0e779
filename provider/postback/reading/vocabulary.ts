import type { ClickIdSlot } from "../macros";
import { plainName } from "./reading";

/** The macro of CAKE that another name means. */
export interface Meaning {
  readonly macro: string;
  /** Whether it cannot mean anything else. */
  readonly isSure: boolean;
}

/**
 * The names on other platforms for the values of CAKE's macros. Each name means the same on every platform: `{amount}`
 * is a payout on one and a sale on another, so it is not in the table.
 */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  // Voluum, RedTrack, Keitaro, TUNE and BeMob say payout, Everflow payout_amount, Affise sum, TrackingDesk commission.
  price: ["price", "payout", "payoutamount", "affiliatepayout", "affpayout", "sum", "commission"],
  // Everflow says affiliate_id, Trackier and Scaleo publisher_id, MaxBounty OFFID for the offer.
  affid: ["affid", "affiliateid", "publisherid"],
  oid: ["oid", "offid", "offerid"],
  campid: ["campid"],
  leadid: ["leadid", "conversionid"],
  reqid: ["reqid"],
  oreqid: ["oreqid"],
  // TUNE says aff_sub2, Everflow and Affise sub2.
  ...Object.fromEntries(
    [1, 2, 3, 4, 5].map((n) => [`s${n}`, [`s${n}`, `sub${n}`, `subid${n}`, `affsub${n}`]]),
  ),
};

const MACRO_OF_NAME = new Map(
  Object.entries(NAMES).flatMap(([macro, names]) => names.map((name) => [name, macro] as const)),
);

// Voluum and BeMob say cid, RedTrack and Affise clickid, Keitaro subid, TUNE and Everflow transaction_id, Binom cnv_id.
const CLICK_IDS = new Set(["clickid", "click", "cid", "subid", "transactionid", "cnvid", "externalid"]);

/**
 * What a name of another platform, in any spelling, means in CAKE. The click ID is only usually `#s2#`, so it is not
 * certain until the program names its sub ID.
 */
export function meaningOf(name: string, slot: ClickIdSlot | undefined): Meaning | undefined {
  const plain = plainName(name);
  if (CLICK_IDS.has(plain)) return { macro: slot ?? "s2", isSure: slot !== undefined };
  const macro = MACRO_OF_NAME.get(plain);
  return macro === undefined ? undefined : { macro, isSure: true };
}

// The names of trackers for an amount to book: Everflow says amount, TUNE sale_amount, Trackier goal_value.
const AMOUNTS = new Set([
  ...["payout", "payoutamount", "sum", "amount", "revenue", "price", "saleamount", "goalvalue", "commission"],
]);

/** Whether a parameter of this name takes an amount of money. */
export function isAmount(name: string): boolean {
  return AMOUNTS.has(plainName(name));
}
