import type { ClickIdSlot } from "../macros";
import { plainName } from "./reading";

/** The macro of CAKE that another name means. */
export interface Meaning {
  readonly macro: string;
  /** Whether it cannot mean anything else. */
  readonly isSure: boolean;
}

// Voluum, RedTrack, Keitaro, TUNE and BeMob say payout, Everflow payout_amount, Affise sum, TrackingDesk commission.
const PAYOUTS = ["price", "payout", "payoutamount", "affiliatepayout", "affpayout", "sum", "commission"];

/**
 * The names on other platforms for the values of CAKE's macros. Each name means the same on every platform: `{amount}`
 * is a payout on one and a sale on another, so it is not in the table.
 */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  price: PAYOUTS,
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

/**
 * What a name of another platform, in any spelling, means in CAKE. The click ID is only usually `#s2#`, so it is not
 * certain until the program names its sub ID.
 */
export function meaningOf(name: string, slot: ClickIdSlot | undefined): Meaning | undefined {
  const plain = plainName(name);
  if (clickIdRank(plain) !== undefined) return { macro: slot ?? "s2", isSure: slot !== undefined };
  const macro = MACRO_OF_NAME.get(plain);
  return macro === undefined ? undefined : { macro, isSure: true };
}

// ---- What a parameter takes, by its name --------------------------------------------------------------

/** What a parameter takes, if its name says so on every platform. */
export type NameRole = "amount" | "transactionId" | "status" | "currency" | "source";

const ROLE_NAMES: Readonly<Record<NameRole, readonly string[]>> = {
  amount: [
    ...PAYOUTS,
    ...[
      "amount",
      "amt",
      "revenue",
      "rev",
      "saleamount",
      "saleamt",
      "orderamount",
      "ordervalue",
      "goalvalue",
      "conversionprice",
    ],
    ...["conversionvalue", "cost", "totalcost", "money", "moneyusd", "income", "profit", "cpa"],
    ...["atpay", "receipt", "earnings", "reward"],
  ],
  transactionId: [
    ...["txid", "tx", "txnid", "transid", "transactionid", "t202txid", "orderid", "ordernumber", "ordernum"],
    ...["advorderid", "advsub", "tid", "leadid", "conversionid", "saleid", "invoiceid", "actionid"],
  ],
  status: ["status", "cnvstatus", "convstatus", "conversionstatus", "leadstatus", "salestatus"],
  currency: ["currency", "cur", "cnvcurrency", "cmccurrency", "currencycode"],
  source: [
    ...["sub", "source", "sourceid", "src", "site", "siteid", "pub", "pubid", "publisher", "publisherid"],
    ...["zone", "zoneid", "affsub", "subsource", "traffictype"],
  ],
};

const ROLE_OF_NAME = new Map(
  Object.entries(ROLE_NAMES).flatMap(([role, names]) => names.map((name) => [name, role as NameRole])),
);

/** What a parameter takes, by its name in plain spelling. */
export function roleOfName(plain: string): NameRole | undefined {
  return ROLE_OF_NAME.get(plain);
}

/** Whether a parameter of this name takes an amount of money. */
export function isAmount(name: string): boolean {
  return roleOfName(plainName(name)) === "amount";
}

// Names that mean an amount on some platforms, and something else on others.
const MAY_BE_AMOUNTS = new Set(["r", "p", "m", "v", "val", "value", "sale", "eventvalue", "betrag"]);

/** Whether a parameter of this name takes an amount on some platform. */
export function mayBeAmount(plain: string): boolean {
  return MAY_BE_AMOUNTS.has(plain) || roleOfName(plain) === "amount";
}

const CLICK_ID = /^(?:[a-z]{2,4}|partner|external)?(?:click|clk|clic)(?:id|uuid|key|ref|hash|code)?$/;
const CLICK_ID_RANKS = new Map([
  ...["cid", "cnvid", "externalid", "subid", "transactionid"].map(
    (name, index) => [name, index + 1] as const,
  ),
]);

/**
 * How certain it is that a parameter of this name, in plain spelling, takes the click ID: 0 for a name such as `clickid`,
 * which means nothing else. Next to a clickid, a subid is the partner's source, and a transaction_id is no click ID.
 * Voluum and BeMob say cid, RedTrack and Affise clickid, Keitaro subid, TUNE and Everflow transaction_id, Binom cnv_id.
 */
export function clickIdRank(plain: string): number | undefined {
  return CLICK_ID.test(plain) ? 0 : CLICK_ID_RANKS.get(plain);
}

const NUMBERED =
  /^(?:aff|adv|tds|ext|utm)?(?:s|sub|subid|subacc|subaccount|custom|param|var|extra|data)\d{1,2}$/;

/** Whether a parameter of this name, in plain spelling, hands a sub ID on under its number: `sub3`, `aff_sub3`. */
export function isNumbered(plain: string): boolean {
  return NUMBERED.test(plain);
}

/** Whether any platform uses this name, in plain spelling, for a value of a conversion. */
export function isKnownName(plain: string): boolean {
  return (
    ROLE_OF_NAME.has(plain) ||
    MACRO_OF_NAME.has(plain) ||
    OTHER_NAMES.has(plain) ||
    clickIdRank(plain) !== undefined
  );
}

const OTHER_NAMES = new Set([
  ...["goal", "goalid", "event", "eventid", "eventname", "type", "action", "offer", "campaign", "campaignid"],
  ...[
    "token",
    "securitytoken",
    "verificationtoken",
    "postbackkey",
    "networkid",
    "netid",
    "userid",
    "nid",
    "adid",
  ],
  ...[
    "country",
    "geo",
    "ip",
    "os",
    "device",
    "useragent",
    "creativeid",
    "advertiserid",
    "visitorid",
    "appid",
  ],
  ...["pixelid", "accesstoken", "secure", "afpid", "sid", "hash", "aid", "mid", "pid"],
]);
