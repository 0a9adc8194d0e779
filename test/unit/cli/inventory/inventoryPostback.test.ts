import { describe, expect, test } from "vitest";
import { conditions, inventory, only, row, sourceOf, stackOf, URL } from "./support";

// P01 is an error, P03 a warning.
const BROKEN = URL.replace("#s2#", "{clickid}");
const WARNED = "https://track.partner.example/postback?payout=#price#&txid=#leadid#";
const ELSEWHERE = "https://other.example/postback?cid=#s2#&payout=#price#&txid=#leadid#";
const EXPOSED = `${URL}&token=s3cr3t`;

const STANDINGS: readonly string[] = ["managed", "unmanaged", "missing"];
const conditionsOf = (...given: Parameters<typeof inventory>) =>
  inventory(...given).postbacks.map(({ is }) => is.filter((one) => !STANDINGS.includes(one)));
const rulesOf = ({ postbacks }: ReturnType<typeof inventory>) =>
  postbacks.map(({ findings }) => findings.map(({ rule }) => rule));

describe("a postback is inactive", () => {
  test.each(["inactive", "Inactive", "deleted"])("where CAKE says %s", (status) => {
    expect(conditionsOf({ rows: [row(7, { status })] })).toEqual([["inactive"]]);
  });

  test.each(["active", "Active", null])("not where CAKE says %s", (status) => {
    expect(conditionsOf({ rows: [row(7, { status })] })).toEqual([[]]);
  });

  test("and then breaks no rule that counts, for CAKE does not call it", () => {
    const report = inventory({ rows: [row(7, { url: BROKEN, status: "inactive" })] });
    expect(conditions(report)).toEqual(["unmanaged inactive"]);
    expect(rulesOf(report)).toEqual([["P01", "P03"]]);
    expect(report.totals).toMatchObject({ inactive: 1, ruleError: 0, ruleWarning: 0 });
  });
});

describe("a postback breaks a rule or is warned about", () => {
  test("by the weight of what the rules find", () => {
    const report = inventory({ rows: [row(7, { url: BROKEN }), row(8, { url: WARNED })] });
    expect(conditions(report)).toEqual(["ruleError unmanaged ruleWarning", "unmanaged ruleWarning"]);
    expect(report.totals).toMatchObject({ ruleError: 1, ruleWarning: 2 });
    expect(Object.keys(report.rules)).toEqual(["P01", "P03"]);
  });

  test("not where CAKE does not show it", () => {
    const report = inventory({ rows: [row(8)], managed: [{ id: 7, outputs: { postbackUrl: BROKEN } }] });
    expect(conditions(report)).toEqual(["missing", "unmanaged"]);
    expect(report.rules).toEqual({});
  });

  test("as the project decides", () => {
    const rules = '{"severity":{"P01":"off","P03":"error"}}';
    expect(conditionsOf({ rows: [row(7, { url: BROKEN })], rules })).toEqual([["ruleError"]]);
    const own =
      '{"own":[{"id":"X01","pattern":"partner\\\\.example","message":"an old host","severity":"error"}]}';
    const report = inventory({ rows: [row(7)], rules: own });
    expect(conditions(report)).toEqual(["ruleError unmanaged"]);
    expect(only(report).findings).toMatchObject([{ rule: "X01", what: "an old host" }]);
    expect(conditionsOf({ rows: [row(7, { url: URL.replace("#price#", "#payout2#") })] })).toEqual([
      ["ruleWarning"],
    ]);
    const known = '{"macros":["payout2"]}';
    expect(
      conditionsOf({ rows: [row(7, { url: URL.replace("#price#", "#payout2#") })], rules: known }),
    ).toEqual([[]]);
  });

  test("not where the managing resource bears it with a reason, which is told", () => {
    const suppress = { P01: "their own syntax", P03: "no clicks" };
    const rows = [row(7, { url: BROKEN }), row(8, { url: BROKEN })];
    const managed = [{ id: 7, inputs: { suppress }, outputs: { postbackUrl: BROKEN } }];
    const report = inventory({ rows, managed });
    expect(conditions(report)).toEqual(["managed", "ruleError unmanaged ruleWarning"]);
    expect(report.postbacks[0]?.findings).toMatchObject([
      { rule: "P01", suppressed: "their own syntax" },
      { rule: "P03", suppressed: "no clicks" },
    ]);
  });
});

describe("a postback fires twice", () => {
  test("beside another one of its affiliate and offer on the same host, and both are told", () => {
    const rows = [row(7), row(8, { offerId: 7, url: `${URL}&v=2` }), row(9)];
    expect(conditionsOf({ rows })).toEqual([["firesTwice"], ["firesTwice"], []]);
  });

  test("whatever the case of the status in which CAKE writes it", () => {
    const rows = [row(7, { status: "Active" }), row(8, { offerId: 7, url: `${URL}&v=2` })];
    expect(conditionsOf({ rows })).toEqual([["firesTwice"], ["firesTwice"]]);
  });

  test("not beside an inactive one, one on another instance, or one that only a state has", () => {
    expect(conditionsOf({ rows: [row(7), row(8, { offerId: 7, status: "inactive" })] })).toEqual([
      [],
      ["inactive"],
    ]);
    const sources = [sourceOf([row(7)]), sourceOf([row(7)], { instance: "eu.example.com" })];
    expect(conditionsOf({ sources })).toEqual([[], []]);
    expect(conditionsOf({ rows: [row(7)], managed: [{ id: 8, outputs: { offerId: 7 } }] })).toEqual([[], []]);
  });

  test("not in a switch of trackers that is meant to overlap, and is only warned about on two hosts", () => {
    const rows = [row(7), row(8, { offerId: 7, url: ELSEWHERE })];
    expect(conditionsOf({ rows })).toEqual([["ruleWarning"], ["ruleWarning"]]);
    const managed = [
      { id: 7, inputs: { overlapUntil: "2026-11-22" } },
      { id: 8, outputs: { offerId: 7, postbackUrl: ELSEWHERE } },
    ];
    expect(conditionsOf({ rows, managed })).toEqual([[], []]);
    const over = [{ ...managed[0], id: 7, inputs: { overlapUntil: "2026-11-21" } }, ...managed.slice(1)];
    expect(conditionsOf({ rows, managed: over })).toEqual([["ruleWarning"], ["ruleWarning"]]);
  });

  test("never as a campaign, which fires for its own conversions only", () => {
    const rows = [row(7), row(8, { offerId: 7 })];
    expect(conditionsOf({ rows, source: { kind: "campaigns", incomplete: ["some"] } })).toEqual([[], []]);
  });
});

describe("a postback shows a plain secret", () => {
  test("where a fixed secret lies open, and is shown masked", () => {
    const report = inventory({ rows: [row(7, { url: EXPOSED })] });
    expect(conditions(report)).toEqual(["unmanaged plainSecret"]);
    expect(only(report).url).toBe(`${URL}&token=***`);
    expect(JSON.stringify(report)).not.toContain("s3cr3t");
    expect(report.totals).toMatchObject({ plainSecret: 1, ruleWarning: 0, ruleError: 0 });
  });

  test("also where CAKE does not call it", () => {
    expect(conditionsOf({ rows: [row(7, { url: EXPOSED, status: "inactive" })] })).toEqual([
      ["plainSecret", "inactive"],
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
    expect(conditionsOf({ rows, managed: [bearing] })).toEqual([[]]);
  });
});

describe("a campaign", () => {
  const source = { kind: "campaigns", incomplete: ["only the campaigns of 1 affiliate were read"] } as const;

  test("is managed where affiliate, offer and URL are those of a postback, whatever the ids", () => {
    const stacks = [stackOf([{ id: 7, outputs: { offerId: 70 } }, { id: 8 }])];
    const report = inventory({ rows: [row(501, { offerId: 70 }), row(502)], source, stacks });
    expect(report.postbacks.map(({ id, isLive }) => [id, isLive])).toEqual([
      ...[
        [8, false],
        [501, true],
        [502, true],
      ],
    ]);
    expect(conditions(report)).toEqual(["notSeen", "managed", "unmanaged"]);
    expect(report.totals).toMatchObject({ live: 2, managed: 1, unmanaged: 1, missing: 0 });
  });

  test("is claimed twice by a postback that is, and not by two that are equal", () => {
    const twins = [
      { id: 7, name: "one" },
      { id: 8, name: "other", outputs: { offerId: 7 } },
    ];
    const rows = [row(501, { offerId: 7 })];
    const both = inventory({ rows, source, managed: twins });
    expect(conditions(both)).toEqual(["managed"]);
    expect(only(both).managedBy.map(({ name }) => name)).toEqual(["one", "other"]);
    const stacks = [stackOf(twins), stackOf([{ id: 7 }], "network/dev")];
    expect(conditions(inventory({ rows, source, stacks }))).toEqual(["managedTwice managed"]);
  });

  test("is neither drifted nor inactive", () => {
    const report = inventory({
      rows: [row(501, { offerId: 7, status: "inactive" })],
      source,
      managed: [{ id: 7 }],
    });
    expect(conditions(report)).toEqual(["managed"]);
  });
});
