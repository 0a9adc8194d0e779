import { describe, expect, test } from "vitest";
import { inventory, only, row, sayings, sourceOf, stackOf, URL } from "./support";

// P01 is an error, P03 a warning.
const BROKEN = URL.replace("#s2#", "{clickid}");
const WARNED = "https://track.partner.example/postback?payout=#price#&txid=#leadid#";
const ELSEWHERE = "https://other.example/postback?cid=#s2#&payout=#price#&txid=#leadid#";
const EXPOSED = `${URL}&token=s3cr3t`;

const marksOf = (...given: Parameters<typeof inventory>) =>
  inventory(...given).records.map(({ marks }) => marks);
const rulesOf = ({ records }: ReturnType<typeof inventory>) =>
  records.map(({ findings }) => findings.map(({ rule }) => rule));

describe("a record is inactive", () => {
  test.each(["inactive", "Inactive", "deleted"])("where CAKE says %s", (status) => {
    expect(marksOf({ rows: [row(7, { status })] })).toEqual([["inactive"]]);
  });

  test.each(["active", "Active", null])("not where CAKE says %s", (status) => {
    expect(marksOf({ rows: [row(7, { status })] })).toEqual([[]]);
  });

  test("and then breaks no rule that counts, for CAKE does not call it", () => {
    const report = inventory({ rows: [row(7, { url: BROKEN, status: "inactive" })] });
    expect(sayings(report)).toEqual(["unmanaged inactive"]);
    expect(rulesOf(report)).toEqual([["P01", "P03"]]);
    expect(report.totals).toMatchObject({ inactive: 1, broken: 0, warned: 0 });
  });
});

describe("a record is broken or warned of", () => {
  test("by the weight of what the rules find", () => {
    const report = inventory({ rows: [row(7, { url: BROKEN }), row(8, { url: WARNED })] });
    expect(sayings(report)).toEqual(["unmanaged broken warned", "unmanaged warned"]);
    expect(report.totals).toMatchObject({ broken: 1, warned: 2 });
    expect(Object.keys(report.rules)).toEqual(["P01", "P03"]);
  });

  test("not where CAKE does not show it", () => {
    const report = inventory({ rows: [row(8)], managed: [{ id: 7, outputs: { postbackUrl: BROKEN } }] });
    expect(sayings(report)).toEqual(["missing", "unmanaged"]);
    expect(report.rules).toEqual({});
  });

  test("as the project decides", () => {
    const rules = '{"severity":{"P01":"off","P03":"error"}}';
    expect(marksOf({ rows: [row(7, { url: BROKEN })], rules })).toEqual([["broken"]]);
    const own =
      '{"own":[{"id":"X01","pattern":"partner\\\\.example","message":"an old host","severity":"error"}]}';
    const report = inventory({ rows: [row(7)], rules: own });
    expect(sayings(report)).toEqual(["unmanaged broken"]);
    expect(only(report).findings).toMatchObject([{ rule: "X01", what: "an old host" }]);
    expect(marksOf({ rows: [row(7, { url: URL.replace("#price#", "#payout2#") })] })).toEqual([["warned"]]);
    const known = '{"macros":["payout2"]}';
    expect(marksOf({ rows: [row(7, { url: URL.replace("#price#", "#payout2#") })], rules: known })).toEqual([
      [],
    ]);
  });

  test("not where the managing resource bears it with a reason, which is told", () => {
    const suppress = { P01: "their own syntax", P03: "no clicks" };
    const rows = [row(7, { url: BROKEN }), row(8, { url: BROKEN })];
    const managed = [{ id: 7, inputs: { suppress }, outputs: { postbackUrl: BROKEN } }];
    const report = inventory({ rows, managed });
    expect(sayings(report)).toEqual(["managed", "unmanaged broken warned"]);
    expect(report.records[0]?.findings).toMatchObject([
      { rule: "P01", suppressed: "their own syntax" },
      { rule: "P03", suppressed: "no clicks" },
    ]);
  });
});

describe("a record fires twice", () => {
  test("beside another one of its affiliate and offer on the same host, and both are told", () => {
    const rows = [row(7), row(8, { offerId: 7, url: `${URL}&v=2` }), row(9)];
    expect(marksOf({ rows })).toEqual([["duplicate"], ["duplicate"], []]);
  });

  test("whatever the case of the status in which CAKE writes it", () => {
    const rows = [row(7, { status: "Active" }), row(8, { offerId: 7, url: `${URL}&v=2` })];
    expect(marksOf({ rows })).toEqual([["duplicate"], ["duplicate"]]);
  });

  test("not beside an inactive one, one on another instance, or one that only a state has", () => {
    expect(marksOf({ rows: [row(7), row(8, { offerId: 7, status: "inactive" })] })).toEqual([
      [],
      ["inactive"],
    ]);
    const sources = [sourceOf([row(7)]), sourceOf([row(7)], { instance: "eu.example.com" })];
    expect(marksOf({ sources })).toEqual([[], []]);
    expect(marksOf({ rows: [row(7)], managed: [{ id: 8, outputs: { offerId: 7 } }] })).toEqual([[], []]);
  });

  test("not in a switch of trackers that is meant to overlap, and is only warned of on two hosts", () => {
    const rows = [row(7), row(8, { offerId: 7, url: ELSEWHERE })];
    expect(marksOf({ rows })).toEqual([["warned"], ["warned"]]);
    const managed = [
      { id: 7, inputs: { overlapUntil: "2026-11-22" } },
      { id: 8, outputs: { offerId: 7, postbackUrl: ELSEWHERE } },
    ];
    expect(marksOf({ rows, managed })).toEqual([[], []]);
    const over = [{ ...managed[0], id: 7, inputs: { overlapUntil: "2026-11-21" } }, ...managed.slice(1)];
    expect(marksOf({ rows, managed: over })).toEqual([["warned"], ["warned"]]);
  });

  test("never as a campaign, which fires for its own conversions only", () => {
    const rows = [row(7), row(8, { offerId: 7 })];
    expect(marksOf({ rows, source: { kind: "campaigns", flaws: ["some"] } })).toEqual([[], []]);
  });
});

describe("a record is exposed", () => {
  test("where a fixed secret lies open, and is shown masked", () => {
    const report = inventory({ rows: [row(7, { url: EXPOSED })] });
    expect(sayings(report)).toEqual(["unmanaged exposed"]);
    expect(only(report).url).toBe(`${URL}&token=***`);
    expect(JSON.stringify(report)).not.toContain("s3cr3t");
    expect(report.totals).toMatchObject({ exposed: 1, warned: 0, broken: 0 });
  });

  test("also where CAKE does not call it", () => {
    expect(marksOf({ rows: [row(7, { url: EXPOSED, status: "inactive" })] })).toEqual([
      ["exposed", "inactive"],
    ]);
  });

  test("and drifts without a value", () => {
    const managed = [{ id: 7, outputs: { postbackUrl: EXPOSED.replace("s3cr3t", "old-s3cr3t") } }];
    const report = inventory({ rows: [row(7, { url: EXPOSED })], managed });
    expect(only(report).drift).toEqual([{ part: "parameter", name: "token", from: "***", to: "***" }]);
    expect(JSON.stringify(report)).not.toContain("s3cr3t");
  });

  test("not where the program keeps the URL secret, or bears it", () => {
    const rows = [row(7, { url: EXPOSED })];
    const bearing = {
      id: 7,
      inputs: { suppress: { P16: "rotated daily" } },
      outputs: { postbackUrl: EXPOSED },
    };
    expect(marksOf({ rows, managed: [bearing] })).toEqual([[]]);
  });
});

describe("a campaign", () => {
  const source = { kind: "campaigns", flaws: ["only the campaigns of 1 affiliate were read"] } as const;

  test("is managed where affiliate, offer and URL are those of a postback, whatever the ids", () => {
    const stacks = [stackOf([{ id: 7, outputs: { offerId: 70 } }, { id: 8 }])];
    const report = inventory({ rows: [row(501, { offerId: 70 }), row(502)], source, stacks });
    expect(report.records.map(({ id, isSeen }) => [id, isSeen])).toEqual([
      ...[
        [8, false],
        [501, true],
        [502, true],
      ],
    ]);
    expect(sayings(report)).toEqual(["managed notCompared", "managed", "unmanaged"]);
    expect(report.totals).toMatchObject({ live: 2, managed: 1, unmanaged: 1, missing: 0 });
  });

  test("is claimed twice by a postback that is, and not by two that are equal", () => {
    const twins = [
      { id: 7, name: "one" },
      { id: 8, name: "other", outputs: { offerId: 7 } },
    ];
    const rows = [row(501, { offerId: 7 })];
    const both = inventory({ rows, source, managed: twins });
    expect(sayings(both)).toEqual(["managed"]);
    expect(only(both).managedBy.map(({ name }) => name)).toEqual(["one", "other"]);
    const stacks = [stackOf(twins), stackOf([{ id: 7 }], "network/dev")];
    expect(sayings(inventory({ rows, source, stacks }))).toEqual(["managed claimedTwice"]);
  });

  test("is neither drifted nor inactive", () => {
    const report = inventory({
      rows: [row(501, { offerId: 7, status: "inactive" })],
      source,
      managed: [{ id: 7 }],
    });
    expect(sayings(report)).toEqual(["managed"]);
  });
});
