import { describe, expect, it } from "vitest";
import { UrlReading } from "../../../../provider/postback/reading/reading";
import { clickIdParameters, rolesOf } from "../../../../provider/postback/trackers/roles";

const roles = (url: string) => {
  const { tracker, clickIds, namedClickIds, amounts, transactionIds, statuses } = rolesOf(
    new UrlReading(url),
  );
  const names = (all: typeof amounts) => all.map(({ kind, name }) => name || kind).join(" ");
  return {
    tracker: tracker?.name,
    clickId: names(clickIds),
    isClickIdNamed: namedClickIds.length > 0,
    amount: names(amounts),
    transactionId: names(transactionIds),
    status: names(statuses),
  };
};

describe("which parameter takes what", () => {
  it("is what the tracker reads, where the tracker is known", () => {
    expect(roles("https://t.partner.net/p.ashx?o=1&r=#s2#&t=#leadid#")).toMatchObject({
      tracker: "CAKE",
      clickId: "r",
      isClickIdNamed: true,
      transactionId: "t",
    });
  });

  it("is told by the names that are usual, in any spelling", () => {
    const url = "https://t.partner.net/pb?Click-ID=#s2#&Payout=#price#&txn_id=#leadid#&status=sale";
    expect(roles(url)).toMatchObject({
      clickId: "Click-ID",
      amount: "Payout",
      transactionId: "txn_id",
      status: "status",
    });
  });

  it.each([
    ["the certain name before all others", "?subid=#s1#&click_id=#s2#", "click_id"],
    ["the certain name also where it has no sub ID", "?clickid=#leadid#&transaction_id=#s2#", "clickid"],
    ["what carries a sub ID, where a cid is the partner's campaign", "?cid=482913&subid=#s2#", "subid"],
    ["what carries a sub ID under any other name", "?cid=48&visitor_id=#s2#", "visitor_id"],
    ["not what hands a sub ID on under its number", "?cid=w7KJ&sub1=#s1#", "cid"],
    ["not the transaction, where two macros were swapped", "?cid=#leadid#&txid=#s2#", "cid"],
    ["all that have the same name", "?cid=#s2#&cid=#s3#", "cid cid"],
    ["an unusual name, if it alone carries a sub ID", "?hit=#s2#&rev=#price#", "hit"],
    ["the path, if the sub ID stands there", "/#s2#?subid=#s1#", "path"],
    ["a transaction, if nothing else carries a sub ID", "?tid=#s2#&sale=#price#", "tid"],
    ["nothing, if no sub ID is sent", "?payout=#price#", ""],
  ])("takes the click ID: %s", (_, rest, expected) => {
    expect(roles(`https://t.partner.net/pb${rest}`).clickId).toBe(expected);
  });

  it("names a click ID only where the name says so", () => {
    expect(clickIdParameters("https://t.partner.net/pb?visit=#s2#")).toEqual([]);
    expect(clickIdParameters("https://t.partner.net/pb?cid=#s2#").map(({ name }) => name)).toEqual(["cid"]);
  });
});
