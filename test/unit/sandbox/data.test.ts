import { describe, expect, it } from "vitest";
import {
  articlePostback,
  networkMistakes,
  networkOffers,
  networkPartners,
  networkPostbacks,
} from "../../../provider/sandbox";
import { oneInstance } from "./support";

describe("the article's postback", () => {
  it("is the one of the article", async () => {
    const { us } = await oneInstance({ postbacks: "article" });
    expect(us.postbacks()).toEqual([articlePostback]);
    expect(articlePostback).toEqual({
      postbackId: 8801,
      affiliateId: 67890,
      offerId: 12345,
      postbackUrl:
        "https://tracking.partner.com/postback?click_id=#reqsessid#&payout=#price#&status=#status#",
      postbackType: "Server",
      postbackStatus: "active",
    });
  });
});

describe("the sample network", () => {
  const live = networkPostbacks();

  it("has some 36 partners and 120 postbacks, the same each time", () => {
    expect(networkPartners).toHaveLength(36);
    expect(live.length).toBeGreaterThan(110);
    expect(live.length).toBeLessThan(130);
    expect(networkPostbacks()).toEqual(live);
  });

  it("has a postback for each partner and offer, and knows every partner and offer", () => {
    const partners = new Set(networkPartners.map(({ affiliateId }) => affiliateId));
    const offers = new Set([0, ...networkOffers.map(({ offerId }) => offerId)]);
    expect(new Set(live.map(({ affiliateId }) => affiliateId))).toEqual(partners);
    expect(new Set(live.map(({ offerId }) => offerId))).toEqual(offers);
    expect(new Set(live.map(({ postbackId }) => postbackId)).size).toBe(live.length);
  });

  it("uses hosts that belong to nobody", () => {
    for (const { postbackUrl } of live) expect(postbackUrl).toMatch(/^https:\/\/[\w.-]+\.example\//);
  });

  it("has a few inactive postbacks and a few that break a rule", () => {
    expect(live.filter(({ postbackStatus }) => postbackStatus === "inactive")).toHaveLength(7);
    expect(
      networkMistakes()
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(["P01", "P02", "P08", "P10", "P20", "P20"]);
  });

  it("hands the partner its click id in all the others", () => {
    const wrong = new Set(networkMistakes().map(({ postbackId }) => postbackId));
    for (const { postbackId, postbackUrl } of live) {
      if (!wrong.has(postbackId)) expect(postbackUrl).toMatch(/^[^{}]*=#s2#[^{}]*$/);
    }
  });

  it("has only one pair of active twins: the one that breaks P20", () => {
    const keys = live
      .filter(({ postbackStatus }) => postbackStatus === "active")
      .map(({ affiliateId, offerId }) => `${affiliateId}/${offerId}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual(["2260/358"]);
  });
});
