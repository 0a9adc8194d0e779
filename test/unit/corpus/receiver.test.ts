import { describe, expect, it } from "vitest";
import { changesForPartner, received } from "../../corpus/receiver";
import { goodSamples, type Sample } from "../postback/rules/support";

const GOOD = "https://t.partner.net/pb?cid=#s2#&payout=#price#&note=x";
const sample = (changes: Partial<Sample> = {}): Sample => ({ url: GOOD, rules: [], reason: "", ...changes });

describe("the model of the partner", () => {
  it("receives every parameter that a published sample names", () => {
    const lost = goodSamples.flatMap(({ url, reads = {} }) =>
      Object.values(reads).filter((name) => received(url)?.parameters.has(name) !== true),
    );
    expect(lost).toEqual([]);
  });

  it("reads values as CAKE replaces them and as they are decoded", () => {
    const call = received("https://T.partner.net/a%2Fb?cid=#s2#&x=1%202+3&y&z=a=b#top");
    expect(call?.address).toBe("t.partner.net/a/b");
    expect(Object.fromEntries(call?.parameters ?? [])).toEqual({
      ...{ cid: ["value-of-s2"], x: ["1 2 3"], y: [""], z: ["a=b"] },
    });
  });

  it.each([
    ["the scheme is lost", "t.partner.net/pb?cid=#s2#"],
    ["the scheme is there twice", "https://https://t.partner.net/pb?cid=#s2#"],
    ["the host has a comma", "https://t,partner.net/pb?cid=#s2#"],
    ["the host has an empty label", "https://t..partner.net/pb?cid=#s2#"],
    ["the host has a space", "https://t.partner.net /pb?cid=#s2#"],
  ])("receives nothing if %s", (_, url) => {
    expect(received(url)).toBeUndefined();
  });

  it.each([
    ["a macro lost a hash", GOOD.replace("#s2#", "#s2")],
    ["a separator is lost", GOOD.replace("&payout", "payout")],
    ["a separator is encoded", GOOD.replace("&payout", "%26payout")],
    ["the question mark is lost", GOOD.replace("?", "")],
    ["a name is repeated with another value", `${GOOD}&cid=1`],
    ["another path is called", GOOD.replace("/pb", "/p")],
    ["another host is called", GOOD.replace("t.", "u.")],
    ["a macro is in capitals", GOOD.replace("#s2#", "#S2#")],
  ])("receives something else if %s", (_, url) => {
    expect(changesForPartner(sample(), url)).toBe(true);
  });

  it.each([
    ["an ampersand is doubled", GOOD.replace("&payout", "&&payout")],
    ["a fragment follows", `${GOOD}#top`],
    ["a space is around the URL", ` ${GOOD}\n`],
    ["another parameter comes in", `${GOOD}&more=1`],
    ["a parameter is repeated with its value", `${GOOD}&note=x`],
  ])("receives the same if %s", (_, url) => {
    expect(changesForPartner(sample(), url)).toBe(false);
  });

  it("looks only at the parameters that a sample names", () => {
    const url = GOOD.replace("note=x", "note=y");
    expect(changesForPartner(sample(), url)).toBe(true);
    expect(changesForPartner(sample({ reads: { clickId: "cid", payout: "payout" } }), url)).toBe(false);
  });
});
