import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALL_CONDITIONS, usualFailures } from "../../../../provider/cli/inventory/conditions";
import { exitCodeOf } from "../../../../provider/cli/inventory/exitCode";
import { GROUP_KINDS } from "../../../../provider/cli/inventory/report";
import { countTotals } from "../../../../provider/cli/inventory/totals";
import { ENCRYPTED, FLAW, inventory, only, row, URL } from "./support";

describe("coverage", () => {
  const one = only(inventory({ rows: [row(7)] }));
  const coverageOf = (live: number, managed: number) =>
    countTotals(
      Array.from({ length: live }, (_, index) => ({
        ...one,
        is: [index < managed ? "managed" : "unmanaged"] as const,
      })),
    ).coverage;

  test.each([
    [3, 0, 0],
    [3, 1, 33.3],
    [3, 2, 66.6],
    [3, 3, 100],
    [10_000, 9_999, 99.9],
    [0, 0, null],
  ])("of %d live and %d managed ones is %s", (live, managed, share) => {
    expect(coverageOf(live, managed)).toBe(share);
  });

  test("is 100 % only of all, and never more than the truth", () => {
    const pair = fc
      .integer({ min: 1, max: 3_000 })
      .chain((live) => fc.tuple(fc.constant(live), fc.nat(live)));
    fc.assert(
      fc.property(pair, ([live, managed]) => {
        const share = coverageOf(live, managed) ?? Number.NaN;
        expect(share === 100).toBe(managed === live);
        expect(Math.round(share * 10) * live).toBeLessThanOrEqual(managed * 1000);
        expect((Math.round(share * 10) + 1) * live).toBeGreaterThan(managed * 1000);
      }),
      { seed: 47, numRuns: 100 },
    );
  });

  test("of the active ones leaves the inactive out", () => {
    const rows = [row(7), row(8), row(9, { status: "inactive" })];
    const { totals } = inventory({
      rows,
      managed: [{ id: 7 }, { id: 9, outputs: { postbackStatus: "inactive" } }],
    });
    expect(totals).toMatchObject({ coverage: 66.6, activeCoverage: 50, inactive: 1 });
  });

  test("is of what was asked for", () => {
    const { totals, postbacks } = inventory({
      rows: [row(7), row(8)],
      managed: [{ id: 7 }],
      where: ["id=8"],
    });
    expect(totals).toMatchObject({ live: 1, managed: 0, coverage: 0 });
    expect(postbacks).toHaveLength(1);
  });
});

describe("groups", () => {
  const rows = [
    row(7, { affiliateId: 10 }),
    row(8, { affiliateId: 9, url: URL.replace("track.", "TRACK.") }),
    row(9, { affiliateId: 9, url: URL.replace("#s2#", "{clickid}") }),
    row(10, { affiliateId: null, url: "https://me:pw@x.example/pb" }),
  ];
  const managed = [
    { id: 7, outputs: { affiliateId: 10 } },
    { id: 8, outputs: { postbackUrl: ENCRYPTED } },
    { id: 11 },
  ];
  const { groups, totals } = inventory({ rows, managed });

  test("hold each record once, whatever they are counted by", () => {
    expect(totals).toMatchObject({ live: 4, missing: 1, unmanaged: 2, ruleError: 2 });
    for (const kind of GROUP_KINDS) {
      for (const name of [
        "live",
        "managed",
        "unmanaged",
        "missing",
        "drifted",
        "ruleError",
        "plainSecret",
      ] as const)
        expect(
          groups[kind].reduce((sum, group) => sum + group[name], 0),
          `${kind} ${name}`,
        ).toBe(totals[name]);
    }
  });

  test("come by size, then as people count, and have a name for what is not told", () => {
    expect(groups.affiliate.map(({ key, live }) => [key, live])).toEqual([
      ...[
        ["9", 2],
        ["10", 1],
        ["unknown", 1],
      ],
      ["1", 0],
    ]);
    expect(groups.offer.map(({ key }) => key)).toEqual(["7", "8", "9", "10", "11"]);
    expect(groups.host.map(({ key }) => key)).toEqual(["track.partner.example", "unknown", "x.example"]);
    expect(groups.shape.map(({ key }) => key)).toContain("/postback?cid=…&payout=#price#&txid=#leadid#");
    expect(groups.tracker.map(({ key }) => key)).toContain("unknown");
  });
});

describe("the command ends with", () => {
  const broken = { rows: [row(7, { url: URL.replace("#s2#", "{clickid}") })] };

  test("0 where nothing was found that counts, and 1 where something was", () => {
    expect(exitCodeOf(inventory({ rows: [row(7)] }), usualFailures(false))).toBe(0);
    expect(exitCodeOf(inventory(broken), usualFailures(false))).toBe(1);
    expect(exitCodeOf(inventory(broken), [])).toBe(0);
    expect(exitCodeOf(inventory(broken), ["plainSecret", "inactive"])).toBe(0);
  });

  test("1 for what no stack manages, only where a stack was given", () => {
    const report = inventory({ rows: [row(7)], managed: [] });
    expect(exitCodeOf(report, usualFailures(true))).toBe(1);
    expect(exitCodeOf(report, usualFailures(false))).toBe(0);
  });

  test("2 where CAKE's list is not whole, whatever counts; a file never is, and its reader knows", () => {
    expect(exitCodeOf(inventory({ ...broken, source: { incomplete: [FLAW] } }), [])).toBe(2);
    expect(
      exitCodeOf(inventory({ rows: [row(7)], source: { kind: "csv", incomplete: [FLAW] } }), ALL_CONDITIONS),
    ).toBe(1);
    expect(exitCodeOf(inventory({ rows: [row(7)], source: { kind: "csv", incomplete: [FLAW] } }), [])).toBe(
      0,
    );
  });

  test.each(["campaigns", "csv"] as const)("2 where rows of what is never whole (%s) were lost", (kind) => {
    const report = inventory({ rows: [row(7)], source: { kind, incomplete: [FLAW], isReadInPart: true } });
    expect(exitCodeOf(report, [])).toBe(2);
    const read = inventory({ rows: [row(7)], source: { kind, incomplete: [FLAW], isReadInPart: false } });
    expect(exitCodeOf(read, [])).toBe(0);
  });

  test.each(ALL_CONDITIONS)("1 for a single %s", (kind) => {
    const report = inventory({ rows: [row(7)] });
    const none = Object.fromEntries(ALL_CONDITIONS.map((one) => [one, 0]));
    const totals = { ...report.totals, ...none };
    expect(exitCodeOf({ ...report, totals }, ALL_CONDITIONS)).toBe(0);
    expect(exitCodeOf({ ...report, totals: { ...totals, [kind]: 1 } }, [kind])).toBe(1);
  });
});
