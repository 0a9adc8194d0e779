import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { urlParts } from "../../../provider/postback/url";
import { urlChanges } from "../../../provider/postback/urlChanges";

const URL = "https://t.partner.net/pb?cid=#s2#&payout=#price#";

describe("what changes from one URL to another", () => {
  it.each([
    [
      "a value",
      "https://t.partner.net/pb?cid=#s3#&payout=#price#",
      [{ part: "parameter", name: "cid", from: "#s2#", to: "#s3#" }],
    ],
    ["a new parameter", `${URL}&txid=#tid#`, [{ part: "parameter", name: "txid", to: "#tid#" }]],
    [
      "one that is gone",
      "https://t.partner.net/pb?cid=#s2#",
      [{ part: "parameter", name: "payout", from: "#price#" }],
    ],
    [
      "the host",
      "https://b.partner.net/pb?cid=#s2#&payout=#price#",
      [{ part: "host", from: "t.partner.net", to: "b.partner.net" }],
    ],
    [
      "the scheme",
      "http://t.partner.net/pb?cid=#s2#&payout=#price#",
      [{ part: "scheme", from: "https://", to: "http://" }],
    ],
    [
      "the path",
      "https://t.partner.net/v2?cid=#s2#&payout=#price#",
      [{ part: "path", from: "/pb", to: "/v2" }],
    ],
    ["only the order", "https://t.partner.net/pb?payout=#price#&cid=#s2#", [{ part: "order" }]],
    ["a fragment", `${URL}#top`, [{ part: "fragment", to: "top" }]],
    [
      "a value twice",
      `${URL}&cid=#s3#`,
      [{ part: "parameter", name: "cid", from: "#s2#", to: "cid=#s2#&cid=#s3#" }],
    ],
    ["bytes that belong to no part", `${URL}&`, [{ part: "spelling", from: URL, to: `${URL}&` }]],
    ["nothing", URL, []],
  ])("%s", (_, to, changes) => {
    expect(urlChanges(URL, to)).toEqual(changes);
  });

  const name = fc.constantFrom("cid", "payout", "txid", "__proto__", "constructor", "a");
  const value = fc.constantFrom("#s2#", "#s3#", "", "1", "a=b", "%20");
  const url = fc
    .record({
      host: fc.constantFrom("a.partner.net", "b.partner.net"),
      path: fc.constantFrom("", "/", "/pb"),
      query: fc.array(fc.tuple(name, value), { maxLength: 5 }),
      tail: fc.constantFrom("", "&", "#top", "?"),
    })
    .map(
      ({ host, path, query, tail }) =>
        `https://${host}${path}?${query.map((pair) => pair.join("=")).join("&")}${tail}`,
    );
  const SEED = { seed: 29, numRuns: 1_000 };

  it("is nothing exactly where the bytes are the same", () => {
    fc.assert(
      fc.property(fc.oneof(url, fc.string()), fc.oneof(url, fc.string()), (one, other) => {
        expect(urlChanges(one, one)).toEqual([]);
        expect(urlChanges(one, other).length === 0).toBe(one === other);
      }),
      SEED,
    );
  });

  it("names every parameter whose values differ, and no other", () => {
    fc.assert(
      fc.property(url, url, (one, other) => {
        const [old, now] = [urlParts(one).query, urlParts(other).query];
        const text = (query: typeof old, key: string) =>
          Object.hasOwn(query, key) ? JSON.stringify(query[key]) : undefined;
        const names = new Set([...Object.keys(old), ...Object.keys(now)]);
        const differing = [...names].filter((key) => text(old, key) !== text(now, key));
        const named = urlChanges(one, other).flatMap((change) =>
          change.part === "parameter" ? (change.name ?? []) : [],
        );
        expect(named.sort()).toEqual(differing.sort());
      }),
      SEED,
    );
  });
});
