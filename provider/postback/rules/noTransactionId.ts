import { slotsAmong, type UrlComponent } from "../reading/reading";
import { rolesOf } from "../trackers/roles";
import { transactionIdOf } from "../trackers/trackerAt";
import { PLACES, type UrlRule } from "./rule";

/** P19: a second conversion of a click that the tracker drops. */
export const noTransactionId: UrlRule = {
  id: "P19",
  name: "no-transaction-id",
  title: "no transaction ID",
  severity: "warning",
  runsIn: PLACES,
  why: "This tracker drops a second conversion of one click as a repetition, unless the two have different transaction IDs.",
  source: "doc.voluum.com; docs.bemob.com; help-center.affise.com",
  fix: "Add the tracker's parameter with #leadid#, or with #tid# where the advertiser sends one.",
  bad: "https://acme.voluumtrk.com/postback?cid=#s2#&payout=#price#",
  good: "https://acme.voluumtrk.com/postback?cid=#s2#&payout=#price#&txid=#leadid#",
  find: (url) => {
    const { tracker, namedClickIds } = rolesOf(url);
    const wanted = tracker?.dedupes === "always" ? transactionIdOf(tracker) : undefined;
    const takesClicks = namedClickIds.some(({ macros }) => slotsAmong(macros).length > 0);
    if (wanted === undefined || !takesClicks) return [];
    if (url.parameters.some((part) => part.name === wanted && distinguishes(part))) return [];
    const what = `has no ${wanted}, by which ${tracker?.name} distinguishes conversions of one click`;
    return [{ part: "the URL", what }];
  },
};

// A sub ID is the same for all conversions of a click.
function distinguishes({ value, macros }: UrlComponent): boolean {
  return value !== "" && (macros.length === 0 || slotsAmong(macros).length < macros.length);
}
