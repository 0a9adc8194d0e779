import { describe, expect, it } from "vitest";
import { type EvaluatedFinding, evaluate } from "../../../../provider/postback/rules/evaluate";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";
import { patternWork } from "../../work";

const findings = (postbackUrl: string, context = {}): EvaluatedFinding[] =>
  evaluate({ postbackUrl, postbackTypeId: 1 }, defaultRuleSettings, context);
const receivedAt = (query: string, context = {}) =>
  findings(`https://t.partner.net/pb?${query}`, context).map(({ receives }) => receives);

describe("what the partner receives", () => {
  it.each([
    ["cid=#s2#payout=#price#", "cid=w7KJ2M9XQ4T1payout=12.50"],
    ["cid=#s2#%26payout=#price#", "cid=w7KJ2M9XQ4T1&payout=12.50"],
    ['cid="#s2#"', 'cid="w7KJ2M9XQ4T1"'],
    ["cid=%22#s2#%22", 'cid="w7KJ2M9XQ4T1"'],
    ["clickid=#s2#&payout=#leadid#", "payout=5C2E81A7"],
    ["cid=#s2#&payout={payout}", "payout={payout}"],
  ])("of %s has sample values, and is decoded: %s", (query, expected) => {
    expect(receivedAt(query)).toContain(expected);
  });

  it("is not told of a secret URL", () => {
    expect(receivedAt('cid="#s2#"', { isSecret: true })).toEqual([undefined]);
    expect(receivedAt('cid="#s2#"', { isSecret: false })).toEqual(['cid="w7KJ2M9XQ4T1"']);
  });

  it("shows no secret that stuck to a value", () => {
    const shown = JSON.stringify(
      receivedAt("cid=#s2#%26token%3Ds3cr3tV4lue1&payout=#s2#%26secret=s3cr3tV4lue1"),
    );
    expect(shown).not.toContain("s3cr3tV4lue1");
    expect(shown).toContain("***");
  });
});

describe("the part that a finding is about", () => {
  it.each(["Y2FuYXJ5LXNlY3JldA==", "Y2FuYXJ5LXNlY3JldDE=", "Y2FuYXJ5LXNlY3JldDEy"])(
    "has no name where the text may be a value, as Base64 is: %s",
    (text) => {
      const parts = findings(`https://t.partner.net/pb?cid=#s2#&${text}&${text}`).map(({ part }) => part);
      expect(parts).toContain("a parameter");
      expect(parts.join()).not.toContain("Y2Fu");
    },
  );
});

describe("the certain correction", () => {
  it.each([
    ["/pb&cid=#s2#&payout=#price#", "/pb?cid=#s2#&payout=#price#"],
    ["/pb?cid#s2#&payout#price#", "/pb?cid=#s2#&payout=#price#"],
    ["/pb?cid=#s2#payout=#price#txid=#leadid#", "/pb?cid=#s2#&payout=#price#&txid=#leadid#"],
    ["/pb?cid=#s2#;payout=#price#", "/pb?cid=#s2#&payout=#price#"],
    ["/pb?cid=#s2#?payout=#price#", "/pb?cid=#s2#&payout=#price#"],
  ])("of %s is %s", (wrong, right) => {
    const fixes = findings(`https://t.partner.net${wrong}`).flatMap(({ fixed }) => fixed ?? []);
    expect(fixes).toContain(`https://t.partner.net${right}`);
  });

  it("is not guessed where the text could be cut in several places", () => {
    for (const query of ["nid=118transaction_id=#s2#", "cid=#s2#payout#price#"])
      expect(
        findings(`https://t.partner.net/pb?${query}`).map(({ rule, fixed }) => [rule, fixed]),
      ).toContainEqual(["P27", undefined]);
  });
});

describe("the only rule that is asked", () => {
  it("is the one of that ID, built in or of the project", () => {
    const url = "http://t.partner.net/pb?payout=12";
    const own = [{ id: "X01", pattern: "payout", message: "x", severity: "warning" as const }];
    const asked = (only: string) =>
      evaluate({ postbackUrl: url }, { ...defaultRuleSettings, own }, { only }).map(({ rule }) => rule);
    expect([asked("P12"), asked("P17"), asked("X01"), asked("P13")]).toEqual([["P12"], ["P17"], ["X01"], []]);
  });
});

describe("a URL that no server reads", () => {
  const postbackUrl = `https://t.partner.net/pb?cid={clickid}&memo=${"x".repeat(16_000)}`;
  const rulesFor = (severity = {}, suppressions = {}) =>
    evaluate({ postbackUrl }, { ...defaultRuleSettings, severity }, {}, suppressions)
      .filter(({ severity }) => severity === "error")
      .map(({ rule }) => rule);

  it("is refused, and no other rule reads it", () => {
    expect(rulesFor()).toEqual(["P21"]);
  });

  it("is read by all rules as soon as its length does not refuse it", () => {
    expect(rulesFor({ P21: "off" })).toContain("P01");
    expect(rulesFor({ P21: "warning" })).toContain("P01");
    expect(rulesFor({}, { P21: "the partner's proxy takes it" })).toContain("P01");
  });
});

// Each is what a pattern of some rule looks for, without an end.
const REPEATED = [
  ...[
    "#",
    "#s2#",
    "s2#",
    "%23s2",
    "{a",
    "[",
    "xx",
    "--a",
    "__a",
    "%a",
    "&a=1",
    "&cid=#s2#",
    "&a",
    "=a",
    "?a=",
  ],
  ...["%26a=", "%3Da", '"', "%22", ";a=", "/a=", ".a", "A_", "-", "clickid", "your", "\u200b", "token=a&"],
];

describe("the work of all rules", () => {
  it.each(REPEATED)("is at most twice as much for twice as many %j", (part) => {
    const work = (count: number) =>
      patternWork(() => findings(`https://t.partner.net/pb?cid=#s2#&payout=${part.repeat(count)}`));
    expect(work(4000) / work(2000)).toBeLessThan(2.2);
  });
});
