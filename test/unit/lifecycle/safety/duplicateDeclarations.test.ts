import { describe, expect, it } from "vitest";
import { DuplicateDeclarations } from "../../../../provider/lifecycle/safety/duplicateDeclarations";
import { defaultRuleSettings, type RuleSettings } from "../../../../provider/postback/rules/rule";
import { inputsOf, NEW_URL, URL } from "../support";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Resource = readonly [urn: string | undefined, olds: object, news: object];
const TODAY = "2030-01-01";

/** What is said of each resource of a program, in the order of their checks: the severity and the code. */
function problems(resources: readonly Resource[], rules: RuleSettings = defaultRuleSettings): string[][] {
  const declarations = new DuplicateDeclarations();
  return resources.map(([urn, olds, news]) =>
    declarations
      .add(urn, { ...olds }, { ...news }, rules, TODAY)
      .map(({ severity, message }) => `${severity} ${message.code}`),
  );
}

/** The codes with which each resource of a program is refused. */
function refusals(resources: readonly Resource[], rules: RuleSettings = defaultRuleSettings): string[][] {
  return problems(resources, rules).map((all) =>
    all.filter((one) => one.startsWith("error ")).map((one) => one.slice("error ".length)),
  );
}

const same = inputsOf();
const firing = inputsOf({ postbackUrl: URL.replace("#s2#", "#s3#") });
const TWICE = ["declared-twice"];
const FIRES = ["declared-firing-twice"];

describe("two resources that declare the same postback", () => {
  it("are refused in preview, with affiliate, offer and type, and without the URL", () => {
    const declarations = new DuplicateDeclarations();
    expect(declarations.add("a", {}, { ...same }, defaultRuleSettings, TODAY)).toEqual([]);
    const [refusal] = declarations.add("b", {}, { ...same }, defaultRuleSettings, TODAY);
    expect(refusal?.message.text).toContain("affiliate 67890, offer 12345, type 1 and the same URL");
    expect(refusal?.message.text).not.toContain(URL);
  });

  it.each<[string, Resource, Resource]>([
    ["both are new", ["a", {}, same], ["b", {}, same]],
    ["the one in the state comes first", ["a", same, same], ["b", {}, same]],
    ["the one in the state comes last", ["b", {}, same], ["a", same, same]],
    ["one was changed into the other", ["a", same, same], ["b", inputsOf({ postbackUrl: NEW_URL }), same]],
    ["one was made active", ["a", same, same], ["b", inputsOf({ postbackStatus: "inactive" }), same]],
  ])("are refused where one is new: %s", (_, one, other) => {
    expect(refusals([one, other])).toEqual([[], TWICE]);
  });

  it("are told apart by their URN, so that children of two components may have one name", () => {
    const child = (parent: string) => `urn:pulumi:s::p::cake:Partner${parent}$postback::main`;
    expect(
      refusals([
        [child("A"), {}, same],
        [child("B"), {}, same],
      ]),
    ).toEqual([[], TWICE]);
    expect(
      refusals([
        [child("A"), {}, same],
        [child("A"), {}, same],
      ]),
    ).toEqual([[], []]);
  });

  it("are left alone where both are in the state: they were adopted as CAKE had them", () => {
    expect(
      refusals([
        ["a", same, same],
        ["b", same, same],
      ]),
    ).toEqual([[], []]);
  });

  it("are refused once each, where there are three", () => {
    expect(
      refusals([
        ["a", {}, same],
        ["b", {}, same],
        ["c", {}, same],
      ]),
    ).toEqual([[], TWICE, TWICE]);
  });

  it("are refused whatever the project thinks of the rule about firing twice", () => {
    const off: RuleSettings = { ...defaultRuleSettings, severity: { P20: "off" } };
    expect(
      refusals(
        [
          ["a", {}, same],
          ["b", {}, same],
        ],
        off,
      ),
    ).toEqual([[], TWICE]);
    expect(
      refusals(
        [
          ["a", {}, same],
          ["b", {}, firing],
        ],
        off,
      ),
    ).toEqual([[], []]);
  });
});

describe("two resources that fire for the same conversions", () => {
  it.each<[string, object]>([
    ["one host, another parameter", firing],
    ["one host, another type", { ...firing, postbackTypeId: 3 }],
    ["the postback for all offers", { ...firing, offerId: 0 }],
  ])("are refused: %s", (_, news) => {
    expect(
      refusals([
        ["a", {}, same],
        ["b", {}, news],
      ]),
    ).toEqual([[], FIRES]);
    expect(
      refusals([
        ["b", {}, news],
        ["a", {}, same],
      ]),
      "in the other order",
    ).toEqual([[], FIRES]);
  });

  it("are not refused on two hosts: that is a warning, as lint says", () => {
    const elsewhere = inputsOf({ postbackUrl: "https://elsewhere.example/?cid=#s2#" });
    expect(
      refusals([
        ["a", {}, same],
        ["b", {}, elsewhere],
      ]),
    ).toEqual([[], []]);
    const strict: RuleSettings = { ...defaultRuleSettings, severity: { P20: "error" } };
    expect(
      refusals(
        [
          ["a", {}, same],
          ["b", {}, elsewhere],
        ],
        strict,
      ),
    ).toEqual([[], FIRES]);
  });

  it.each<[string, object, object]>([
    ["the second says why", {}, { suppress: { P20: "two systems" } }],
    ["the first says why", { suppress: { P20: "two systems" } }, {}],
    ["the second is meant until today", {}, { overlapUntil: "2030-01-01" }],
    ["the first is meant until tomorrow", { overlapUntil: "2030-01-02" }, {}],
  ])("pass where %s, and so do two that are equal", (_, one, other) => {
    expect(
      refusals([
        ["a", {}, { ...same, ...one }],
        ["b", {}, { ...firing, ...other }],
      ]),
    ).toEqual([[], []]);
    expect(
      refusals([
        ["a", {}, { ...same, ...one }],
        ["b", {}, { ...same, ...other }],
      ]),
    ).toEqual([[], []]);
  });

  it("are refused from the day after", () => {
    expect(
      refusals([
        ["a", {}, { ...same, overlapUntil: "2029-12-31" }],
        ["b", {}, firing],
      ]),
    ).toEqual([[], FIRES]);
  });
});

describe("two resources that fire for the same conversions on two hosts", () => {
  const elsewhere = inputsOf({ postbackUrl: "https://elsewhere.example/?cid=#s2#" });
  it("are warned of once, by the second, if one is new", () => {
    const WARNED = ["warning declared-firing-beside"];
    expect(
      problems([
        ["a", {}, same],
        ["b", {}, elsewhere],
      ]),
    ).toEqual([[], WARNED]);
    expect(
      problems([
        ["a", same, same],
        ["b", {}, elsewhere],
      ]),
    ).toEqual([[], WARNED]);
    expect(
      problems([
        ["a", same, same],
        ["b", elsewhere, elsewhere],
      ]),
    ).toEqual([[], []]);
  });

  it("may be where one allows it, until a day or for a reason", () => {
    const until = { ...elsewhere, overlapUntil: TODAY };
    expect(
      problems([
        ["a", {}, same],
        ["b", {}, until],
      ]),
    ).toEqual([[], []]);
    expect(
      problems([
        ["b", {}, until],
        ["a", {}, same],
      ]),
    ).toEqual([[], []]);
    const reason = { ...elsewhere, suppress: { P20: "two systems" } };
    expect(
      problems([
        ["a", {}, same],
        ["b", {}, reason],
      ]),
    ).toEqual([[], []]);
  });
});

describe("resources of one affiliate that take the click ID from different sub IDs", () => {
  const withSlot = (offerId: number, slot: string, changes: object = {}) => ({
    ...inputsOf({ offerId, postbackUrl: `https://tracker.example/postback?cid=#${slot}#&token=s3cr3t` }),
    ...changes,
  });
  const MIXED = ["warning declared-mixed-slots"];

  it("are warned of, without a value, and with both sub IDs", () => {
    const declarations = new DuplicateDeclarations();
    declarations.add("a", {}, withSlot(1, "s2"), defaultRuleSettings, TODAY);
    const [found] = declarations.add("b", {}, withSlot(2, "s3"), defaultRuleSettings, TODAY);
    expect(found?.message.text).toMatch(
      /^P26: the postback \(affiliate 67890, offer 2\) .*#s3#.* another .*#s2#/,
    );
    expect(found?.message.text).not.toMatch(/tracker\.example|s3cr3t/);
  });

  it("are warned about once for each two sub IDs, whichever is more frequent so far", () => {
    const all = ["s2", "s2", "s3", "s2", "s3", "s4", "s2"];
    expect(problems(all.map((slot, index) => [`${index}`, {}, withSlot(index + 1, slot)]))).toEqual([
      ...[[], [], MIXED, [], [], MIXED, []],
    ]);
  });

  it("are found in any order: a new one beside unchanged ones", () => {
    const unchanged = (name: string, offer: number, slot: string): Resource =>
      [...[name, withSlot(offer, slot), withSlot(offer, slot)]] as unknown as Resource;
    const [odd, usual] = [unchanged("odd", 1, "s3"), unchanged("usual", 2, "s2")];
    const added: Resource = ["added", {}, withSlot(3, "s2")];
    for (const order of [
      ...[
        [odd, added, usual],
        [usual, added, odd],
        [usual, odd, added],
        [odd, usual, added],
      ],
      ...[
        [added, odd, usual],
        [added, usual, odd],
      ],
    ])
      expect(problems(order).flat(), order.map(([name]) => name).join(" ")).toEqual(MIXED);
  });

  it("are found where only clickIdSlot has changed", () => {
    const both = "https://t.partner.net/pb?cid=#s2#&x=#s3#";
    const declared = (clickIdSlot: string) => ({ ...withSlot(2, "s2"), postbackUrl: both, clickIdSlot });
    expect(
      problems([
        ["a", withSlot(1, "s2"), withSlot(1, "s2")],
        ["b", declared("s2"), declared("s3")],
      ]),
    ).toEqual([[], MIXED]);
  });

  it.each<[string, Resource, Resource, string[]]>([
    [
      "both are in the state",
      ["a", withSlot(1, "s2"), withSlot(1, "s2")],
      ["b", withSlot(2, "s3"), withSlot(2, "s3")],
      [],
    ],
    ["the second is new", ["a", withSlot(1, "s2"), withSlot(1, "s2")], ["b", {}, withSlot(2, "s3")], MIXED],
    ["the first is new", ["a", {}, withSlot(1, "s2")], ["b", withSlot(2, "s3"), withSlot(2, "s3")], MIXED],
    [
      "the first suppresses it",
      ["a", {}, withSlot(1, "s2", { suppress: { P26: "x" } })],
      ["b", {}, withSlot(2, "s3")],
      [],
    ],
    [
      "the second suppresses it",
      ["a", {}, withSlot(1, "s2")],
      ["b", {}, withSlot(2, "s3", { suppress: { P26: "x" } })],
      [],
    ],
    [
      "one is inactive",
      ["a", {}, withSlot(1, "s2")],
      ["b", {}, withSlot(2, "s3", { postbackStatus: "inactive" })],
      [],
    ],
    [
      "the affiliates differ",
      ["a", {}, withSlot(1, "s2")],
      ["b", {}, withSlot(2, "s3", { affiliateId: 9 })],
      [],
    ],
    [
      "the affiliate is unknown",
      ["a", {}, withSlot(1, "s2")],
      ["b", {}, withSlot(2, "s3", { affiliateId: UNKNOWN })],
      [],
    ],
    [
      "the offer is unknown",
      ["a", {}, withSlot(1, "s2")],
      ["b", {}, withSlot(2, "s3", { offerId: UNKNOWN })],
      MIXED,
    ],
    [
      "the program names the same",
      ["a", {}, withSlot(1, "s2")],
      ["b", {}, withSlot(2, "s3", { clickIdSlot: "s2" })],
      [],
    ],
  ])("are judged where one is new and none allows it: %s", (_, one, other, expected) => {
    expect(problems([one, other])).toEqual([[], expected]);
  });

  it("are refused, or silent, as the project says", () => {
    const mixed: Resource[] = [
      ["a", {}, withSlot(1, "s2")],
      ["b", {}, withSlot(2, "s3")],
    ];
    const rules = (P26: "error" | "off"): RuleSettings => ({ ...defaultRuleSettings, severity: { P26 } });
    expect(problems(mixed, rules("error"))).toEqual([[], ["error declared-mixed-slots"]]);
    expect(problems(mixed, rules("off"))).toEqual([[], []]);
  });

  it("are none once the first is declared otherwise, as in the second check of a replacement", () => {
    expect(
      problems([
        ["a", {}, withSlot(1, "s2")],
        ["a", {}, withSlot(1, "s3")],
        ["b", {}, withSlot(2, "s3")],
      ]),
    ).toEqual([[], [], []]);
  });
});

describe("a run of thousands of resources", () => {
  /** How many entries of maps and sets are read, added or counted while something runs. */
  function work(run: () => unknown): number {
    const { get } = Map.prototype;
    const { filter, flatMap, map } = Array.prototype;
    let count = 0;
    Map.prototype.get = function counted(key) {
      count += 1;
      return get.call(this, key);
    };
    const counting = <F extends (this: unknown[], ...args: never[]) => unknown>(original: F): F =>
      function counted(this: unknown[], ...args: never[]) {
        count += this.length;
        return original.apply(this, args);
      } as F;
    Object.assign(Array.prototype, {
      filter: counting(filter),
      flatMap: counting(flatMap),
      map: counting(map),
    });
    try {
      run();
    } finally {
      Object.assign(Map.prototype, { get });
      Object.assign(Array.prototype, { filter, flatMap, map });
    }
    return count;
  }

  it.each<[string, (index: number) => object]>([
    [
      "of one affiliate and offer, each on a host of its own",
      (index) => ({ postbackUrl: `https://h${index}.example/?cid=#s2#` }),
    ],
    [
      "of one affiliate with two sub IDs",
      (index) => ({ offerId: index, postbackUrl: `https://t.example/?cid=#s${2 + (index % 2)}#` }),
    ],
    ["for single offers beside one for all", (index) => ({ offerId: index })],
  ])("costs as much for the last as for the first: %s", (_, changesOf) => {
    const run = (size: number) => () =>
      problems(
        Array.from({ length: size }, (_none, index) => [`${index}`, {}, { ...same, ...changesOf(index) }]),
      );
    expect(work(run(2000))).toBeLessThan(2.2 * work(run(1000)));
  });
});

describe("no two that are the same", () => {
  it.each<[string, object, string | undefined]>([
    ["another affiliate", { affiliateId: 1 }, "b"],
    ["another offer", { offerId: 1 }, "b"],
    ["one that is inactive", { postbackStatus: "inactive" }, "b"],
    ["a URL that is not known yet", { postbackUrl: UNKNOWN }, "b"],
    ["an affiliate that is not known yet", { affiliateId: UNKNOWN }, "b"],
    ["a status that is not known yet", { postbackStatus: UNKNOWN }, "b"],
    ["the second check of the same resource, as for a replacement", {}, "a"],
    ["a resource of another maker", {}, undefined],
  ])("are refused: %s", (_, changes, urn) => {
    expect(
      refusals([
        ["a", {}, same],
        [urn, {}, { ...same, ...changes }],
      ]),
    ).toEqual([[], []]);
  });

  it("are two that exchange their URLs", () => {
    const other = { ...same, postbackUrl: "https://elsewhere.example/?cid=#s2#" };
    expect(
      refusals([
        ["a", same, other],
        ["b", other, same],
      ]),
    ).toEqual([[], []]);
  });

  it("is one that was declared otherwise before, in the first check of a replacement", () => {
    const moved = { ...same, offerId: 9 };
    expect(
      refusals([
        ["a", {}, same],
        ["a", {}, moved],
        ["b", {}, same],
        ["c", {}, moved],
      ]),
    ).toEqual([...[[], [], []], TWICE]);
  });
});
