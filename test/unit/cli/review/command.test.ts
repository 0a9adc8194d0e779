import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { type Preview, parsePreview } from "../../../../provider/cli/input/preview";
import { CHANGE_CATEGORIES } from "../../../../provider/cli/review/categories";
import { changesBetween, changesOf } from "../../../../provider/cli/review/changes";
import { asMarkdown } from "../../../../provider/cli/review/markdown";
import type { ReviewReport } from "../../../../provider/cli/review/report";
import { countOtherSteps, type ReviewOptions, review } from "../../../../provider/cli/review/review";
import { toWorkList } from "../../../../provider/cli/review/workList";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";

const URL = "https://track.partner.net/pb?cid=#s2#&payout=#price#";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const LIMIT = 65_536;

type Properties = Record<string, unknown>;
interface Step {
  /** Resource options of the old state, and of the new one. */
  readonly options?: Properties;
  readonly newOptions?: Properties;
  readonly op: string;
  readonly name: string;
  readonly old?: Properties;
  readonly now?: Properties;
  readonly detailedDiff?: Properties;
}

const declared = (changes: Properties = {}): Properties => ({
  ...{ affiliateId: 1, offerId: 2, postbackUrl: URL, postbackStatus: "active", postbackTypeId: 1 },
  ...changes,
});

function previewOf(steps: readonly Step[]): string {
  return JSON.stringify({
    steps: steps.map(({ op, name, old, now, detailedDiff, options, newOptions }) => {
      const urn = `urn:pulumi:dev::shop::${TYPE_TOKEN}::${name}`;
      const state = { urn, type: TYPE_TOKEN };
      return {
        ...{ op, urn, detailedDiff: detailedDiff ?? null },
        ...(old === undefined
          ? {}
          : { oldState: { ...state, ...options, id: "8801", inputs: old, outputs: old } }),
        ...(now === undefined ? {} : { newState: { ...state, ...newOptions, inputs: now } }),
      };
    }),
  });
}

const OPTIONS: ReviewOptions = {
  settingsFor: () => defaultRuleSettings,
  today: new Date("2026-11-22T00:00:00Z"),
  failOn: "error",
  limits: { maxChanges: 100, maxDeactivations: 25 },
};

function reviewOf(steps: readonly Step[], options: Partial<ReviewOptions> = {}): ReviewReport {
  const preview = parsePreview(previewOf(steps));
  return {
    ...review(changesOf(preview.steps), { ...OPTIONS, ...options }),
    ...{ comparison: "How.", incomplete: preview.incomplete, otherSteps: countOtherSteps(preview.steps) },
  };
}

const markdownOf = (steps: readonly Step[], options: Partial<ReviewOptions> = {}) =>
  asMarkdown(reviewOf(steps, options));
const update = (name: string, now: Properties, old: Properties = {}): Step => ({
  ...{ op: "update", name, old: declared(old), now: declared(now) },
});

describe("a change belongs to the worst of its categories", () => {
  it.each([
    ["clickIdChanged", update("a", { postbackUrl: "https://track.partner.net/pb?cid=#s3#&payout=#price#" })],
    ["clickIdChanged", update("a", { postbackUrl: "https://track.partner.net/pb?payout=#price#" })],
    ["hostChanged", update("a", { postbackUrl: "https://b.partner.net/pb?cid=#s2#&payout=#price#" })],
    ["payoutChanged", update("a", { postbackUrl: "https://track.partner.net/pb?cid=#s2#&payout=5" })],
    ...["goal_value", "sale_amount", "saleAmount", "sum", "currency"].map(
      (name) =>
        [
          "payoutChanged",
          update("a", { postbackUrl: `${URL}&${name}=2` }, { postbackUrl: `${URL}&${name}=1` }),
        ] as const,
    ),
    ["deactivated", update("a", { postbackStatus: "inactive" })],
    ["deactivated", { op: "delete", name: "a", old: declared() }],
    ["replaced", { op: "replace", name: "a", old: declared(), now: declared({ offerId: 3 }) }],
    ["forAllOffers", { op: "create", name: "a", now: declared({ offerId: 0 }) }],
    ["ruleNewlyBroken", update("a", { postbackUrl: `${URL}&x={y}` })],
    ["otherChange", update("a", { postbackUrl: `${URL}&x=1` })],
    ["otherChange", { op: "create", name: "a", now: declared() }],
  ] as const)("%s", (risk, step) => {
    expect(reviewOf([step]).changes.map(({ categories }) => categories[0])).toEqual([risk]);
  });

  it("and names the others", () => {
    const [one] = reviewOf([
      update("a", { postbackUrl: "https://b.partner.net/pb?cid=#s3#&payout=5", postbackStatus: "inactive" }),
    ]).changes;
    expect(one?.categories).toEqual([
      "clickIdChanged",
      "hostChanged",
      "payoutChanged",
      "deactivated",
      "ruleNewlyBroken",
    ]);
  });

  it("and the worst come first", () => {
    const names = reviewOf([
      { op: "create", name: "new", now: declared() },
      { op: "delete", name: "off", old: declared() },
      update("click", { postbackUrl: "https://track.partner.net/pb?cid=#s3#&payout=#price#" }),
      { op: "same", name: "same", old: declared(), now: declared() },
    ]).changes.map(({ name }) => name);
    expect(names).toEqual(["click", "off", "new"]);
  });
});

describe("the comment", () => {
  it("names every changed part, the sample, and the counts", () => {
    const text = markdownOf([
      update("acme", {
        postbackUrl: "https://track.partner.net/pb?cid=#s3#&txid=#leadid#",
        postbackStatus: "inactive",
      }),
      { op: "create", name: "new", now: declared() },
    ]);
    for (const line of [
      "## Postbacks: 1 new, 1 changed, 0 replaced, 0 removed; 1 deactivated, 0 unchanged",
      "### Click ID changed: 1",
      "- ` acme ` (postback ` 8801 `, affiliate 1, offer 2): changed; also payout changed, deactivated",
      "  - status: ` active ` → ` inactive `",
      "  - parameter ` cid `: ` #s2# ` → ` #s3# `",
      "  - parameter ` payout ` is removed: ` #price# `",
      "  - parameter ` txid ` is added: ` #leadid# `",
      "  - the partner will receive, for instance: ` https://track.partner.net/pb?cid=w7KJ2M9XQ4T1&payout=12.50 `",
    ])
      expect(text.split("\n")).toContain(line);
  });

  it("says that only the order changes, and nothing where nothing does", () => {
    const order = update("a", { postbackUrl: "https://track.partner.net/pb?payout=#price#&cid=#s2#" });
    expect(markdownOf([order])).toContain("only the order of the parameters changes");
    expect(markdownOf([{ op: "same", name: "a", old: declared(), now: declared() }])).toContain(
      "No postback changes.",
    );
  });

  it("shows of a secret URL which parts change, and never a value", () => {
    const hidden = declared({ postbackUrl: "[secret]" });
    const text = markdownOf([
      {
        op: "update",
        name: "a",
        old: hidden,
        now: hidden,
        detailedDiff: {
          "urlParts.query.cid": {},
          'urlParts.query["click.id"]': { kind: "add" },
          "urlParts.query.ids[0]": { kind: "delete" },
          "urlParts.query.ids[1]": { kind: "delete" },
          "urlParts.host": { kind: "update" },
          postbackUrl: null,
        },
      },
    ]);
    for (const line of [
      "parameter ` cid ` changes; its value is not shown\n",
      "parameter ` click.id ` is added: ` *** `\n",
      "parameter ` ids ` is removed: ` *** `\n",
      "host changes; its value is not shown\n",
    ])
      expect(text.split(line)).toHaveLength(2);
    expect(text).toContain("### Click ID changed: 1");
    expect(text).toContain("The URL of 1 change could not be read: it is secret or unknown.");
  });

  it("says what is known only later", () => {
    const text = markdownOf([update("a", { postbackUrl: UNKNOWN })]);
    expect(text).toContain("the URL, which is known only after it is created");
  });

  it("masks what partners take for a secret, also where the program does not", () => {
    const old = { postbackUrl: `${URL}&token=old-s3cr3t` };
    const text = markdownOf([update("a", { postbackUrl: `${URL}&token=new-s3cr3t` }, old)]);
    expect(text).toContain("parameter ` token `: ` *** ` → ` *** `");
    expect(text).not.toContain("s3cr3t");
    expect(
      JSON.stringify(reviewOf([update("a", { postbackUrl: `${URL}&token=x-s3cr3t` }, old)])),
    ).not.toContain("s3cr3t");
  });
});

describe("what the partner will receive", () => {
  const inactive = { postbackStatus: "Inactive" };
  it.each<[string, Step]>([
    ["goes inactive", update("a", { ...inactive, postbackUrl: `${URL}&x=1` })],
    ["stays inactive", update("a", { ...inactive, postbackUrl: `${URL}&x=1` }, inactive)],
    ["is created inactive", { op: "create", name: "a", now: declared(inactive) }],
    ["goes inactive with a secret URL", update("a", { ...inactive, postbackUrl: "[secret]" })],
    ["is removed", { op: "delete", name: "a", old: declared() }],
  ])("is not said of a postback that %s", (_case, step) => {
    expect(markdownOf([step])).not.toContain("partner will receive");
    expect(reviewOf([step]).changes[0]).toMatchObject({ isSampleHidden: false });
    expect(reviewOf([step]).changes[0]?.sample).toBeUndefined();
  });

  it("is said of one that becomes active", () => {
    expect(markdownOf([update("a", {}, inactive)])).toContain("the partner will receive, for instance");
  });
});

describe("a postback that leaves the stack and stays active in CAKE", () => {
  const retain = { retainOnDelete: true };
  const target = `urn:pulumi:dev::shop::${TYPE_TOKEN}::target`;
  const removed = (options: Properties, name = "a", old: Properties = {}): Step => ({
    ...{ op: "delete", name, old: declared(old), options },
  });

  it.each<[string, string, Step[]]>([
    ["retainOnDelete", "removed", [removed(retain)]],
    ["retainOnDelete", "replaced", [{ ...update("a", { offerId: 9 }), op: "replace", options: retain }]],
    ["deletedWith", "removed", [removed({ deletedWith: target }), removed({}, "target", { offerId: 7 })]],
    [
      "deletedWith",
      "removed while the other one is replaced",
      [
        removed({ deletedWith: target }),
        { ...update("target", { offerId: 9 }, { offerId: 7 }), op: "replace" },
      ],
    ],
  ])("because of %s is said to be kept active: %s", (option, _case, steps) => {
    const report = reviewOf(steps, { limits: { maxChanges: 1, maxDeactivations: 1 } });
    expect(report.counts.keptActive).toBe(1);
    expect(report.counts.deactivated).toBe(
      steps.filter(({ name, op }) => name !== "a" && op === "delete").length,
    );
    expect(report.changes.find(({ name }) => name === "a")).toMatchObject({ keptActiveBy: option });
    expect(report.blockers).toEqual([]);
    const text = asMarkdown(report);
    expect(text).toContain("1 kept active");
    expect(text).toContain(`stays active in CAKE (\`${option}\`)`);
    expect(text).not.toContain("also replaced");
    expect(toWorkList(parsePreview(previewOf(steps)).steps).map(({ offerId }) => offerId)).not.toContain("2");
  });

  it("is deactivated all the same while what it is deletedWith stays", () => {
    const { counts } = reviewOf([
      removed({ deletedWith: target }),
      { op: "same", name: "target", old: declared({ offerId: 7 }), now: declared({ offerId: 7 }) },
    ]);
    expect(counts).toMatchObject({ deactivated: 1, keptActive: 0 });
  });

  it("is not said to stay active if it was inactive", () => {
    const { counts } = reviewOf([removed(retain, "a", { postbackStatus: "inactive" })]);
    expect(counts).toMatchObject({ deactivated: 0, keptActive: 0 });
  });

  it("does not count towards the limits", () => {
    const many = Array.from({ length: 200 }, (_, index) => removed(retain, `p${index}`));
    expect(reviewOf(many).blockers).toEqual([]);
  });
});

describe("a rule that the change breaks", () => {
  const broken = { postbackUrl: `${URL}&x={y}` };
  it("stops it, and one that was broken before does not", () => {
    expect(reviewOf([update("a", broken)]).blockers).toEqual(["1 newly broken rule"]);
    const old = reviewOf([update("a", { ...broken, postbackStatus: "inactive" }, broken)]);
    expect(old.blockers).toEqual([]);
    expect(old.existingFindings).toBe(1);
  });

  it("stops it only as a warning where warnings are to count", () => {
    const warned = [update("a", { postbackUrl: "https://track.partner.net/pb?cid=#s2#&payout=5" })];
    expect(reviewOf(warned).blockers).toEqual([]);
    expect(reviewOf(warned, { failOn: "warning" }).blockers).not.toEqual([]);
  });

  it("is suppressed for a reason, which the comment shows", () => {
    const suppressed = [update("a", { ...broken, suppress: { P01: "their own syntax" } })];
    expect(reviewOf(suppressed).blockers).toEqual([]);
    expect(markdownOf(suppressed)).toContain("suppressed: P01");
    expect(markdownOf(suppressed)).toContain("Reason: ` their own syntax `");
  });

  it("may take two postbacks to break", () => {
    const twin = { op: "create", name: "b", now: declared({ postbackUrl: `${URL}&v=2` }) };
    const both = reviewOf([{ op: "same", name: "a", old: declared(), now: declared() }, twin]);
    expect(both.blockers).toEqual(["1 newly broken rule"]);
    expect(asMarkdown(both)).toContain("### Rules newly broken together");
  });

  it("is not newly broken where one of three twins leaves, and is where a fourth joins them", () => {
    const twin = (op: string, name: string): Step => {
      const properties = declared({ postbackUrl: `${URL}&v=${name}` });
      const [old, now] = [{ old: properties }, { now: properties }];
      return { op, name, ...(op === "create" ? now : op === "delete" ? old : { ...old, ...now }) };
    };
    const stay = [twin("same", "a"), twin("same", "b")];
    expect(reviewOf([...stay, twin("delete", "c")]).crossFindings).toEqual([]);
    expect(reviewOf([...stay, twin("same", "c"), twin("create", "d")]).crossFindings).toHaveLength(1);
  });
});

describe("many changes at once", () => {
  const off = Array.from(
    { length: 26 },
    (_, index): Step => ({ op: "delete", name: `p${index}`, old: declared({ offerId: index + 1 }) }),
  );
  it("stop, until a person says how many are wanted", () => {
    expect(reviewOf(off).blockers).toEqual(["26 deactivations, and --max-deactivations is 25"]);
    expect(reviewOf(off, { limits: { ...OPTIONS.limits, allowed: 26 } }).blockers).toEqual([]);
    expect(reviewOf(off, { limits: { ...OPTIONS.limits, allowed: 25 } }).blockers).toEqual([
      "26 changes, and --allow-changes is 25",
    ]);
  });

  it("do not count what is new", () => {
    const many = Array.from(
      { length: 200 },
      (_, index): Step => ({ op: "create", name: `p${index}`, now: declared({ offerId: index + 1 }) }),
    );
    expect(reviewOf(many).blockers).toEqual([]);
  });
});

describe("two programs", () => {
  const steps = (all: Readonly<Record<string, Properties>>): Preview =>
    parsePreview(previewOf(Object.entries(all).map(([name, now]) => ({ op: "create", name, now }))));

  it("say what stays active although the head lacks it", () => {
    const gone = { op: "create", name: "gone", now: declared(), newOptions: { retainOnDelete: true } };
    const [change] = changesBetween(parsePreview(previewOf([gone])), parsePreview(previewOf([])));
    expect(change).toMatchObject({ kind: "delete", keptActiveBy: "retainOnDelete" });
  });

  it("do not count what they only look up", () => {
    const read = { op: "read", name: "looked-up", now: declared() };
    expect(changesBetween(parsePreview(previewOf([])), parsePreview(previewOf([read])))).toEqual([]);
  });

  it("are compared by name: what is new, changed, replaced and gone", () => {
    const changes = changesBetween(
      steps({ same: declared(), changed: declared(), moved: declared(), gone: declared() }),
      steps({
        same: declared(),
        changed: declared({ postbackUrl: `${URL}&x=1` }),
        moved: declared({ offerId: 9 }),
        added: declared(),
      }),
    );
    expect(Object.fromEntries(changes.map(({ name, kind }) => [name, kind]))).toEqual({
      ...{ same: "same", changed: "update", moved: "replace", gone: "delete", added: "create" },
    });
  });
});

describe("changes that are equal", () => {
  const changed = (count: number, to: string, from = URL, offer = 0): Step[] =>
    Array.from({ length: count }, (_, index) => {
      const offerId = offer + index + 1;
      return update(`p${offerId}`, { offerId, postbackUrl: to }, { offerId, postbackUrl: from });
    });
  const slot = URL.replace("#s2#", "#s3#");
  const host = URL.replace("track.", "new.");

  it("are one entry: how many, which, what changes, and what one partner will receive", () => {
    const text = markdownOf(changed(40, slot));
    expect(text.split("\n")).toEqual(
      expect.arrayContaining([
        "### Click ID changed: 40",
        "- **40 postbacks** (` p1 `, ` p2 `, ` p3 `, ` p4 `, ` p5 ` and 35 more; affiliate 1; offers 1, 2, 3, 4, 5 and 35 more): changed",
        "  - parameter ` cid `: ` #s2# ` → ` #s3# `",
        "  - the partner of ` p1 ` will receive, for instance: ` https://track.partner.net/pb?cid=sub3&payout=12.50 `",
      ]),
    );
    expect(text.match(/^- /gm)).toHaveLength(1);
  });

  it("stay single where they are few", () => {
    expect(
      markdownOf(changed(4, slot)).match(/^- ` p\d ` \(postback ` 8801 `, affiliate 1, /gm),
    ).toHaveLength(4);
  });

  it("are listed with the riskiest first, and of one risk with broken rules first, then the most", () => {
    const text = markdownOf([
      ...changed(30, host),
      ...changed(6, `${URL}&a={y}`, URL, 100),
      ...changed(9, slot, URL, 200),
      ...changed(7, `${slot}&b={y}`, URL, 300),
      ...changed(12, slot, `${URL}&c=1`, 400),
    ]);
    expect([...text.matchAll(/\*\*(\d+) postbacks/g)].map(([, count]) => Number(count))).toEqual([
      7, 12, 9, 30, 6,
    ]);
  });

  it("keep what the rules and the limits say of them", () => {
    const steps = [...changed(150, `${slot}&x={y}`), ...changed(50, slot, URL, 1_000)];
    const report = reviewOf(steps);
    expect(report.passes).toBe(false);
    expect(report.blockers).toEqual(["200 changes, and --max-changes is 100", "150 newly broken rules"]);
    const text = asMarkdown(report);
    const [first = "", second = ""] = text.split("\n- **").slice(1);
    expect(first).toMatch(/^150 postbacks.*changed; also over limit, rule newly broken\n/);
    expect(first).toContain("**error** P01");
    expect(second).toMatch(/^50 postbacks.*changed; also over limit\n/);
    expect(second).not.toContain("P01");
  });

  it("are apart where a finding of one is suppressed, or what a new one sends differs", () => {
    const suppressed = changed(5, `${URL}&x={y}`, URL, 10).map((step) => ({
      ...step,
      now: { ...step.now, suppress: { P01: "their own syntax" } },
    }));
    const created = Array.from({ length: 12 }, (_, index): Step => {
      const postbackUrl = index < 6 ? URL : host;
      return { op: "create", name: `n${index}`, now: declared({ offerId: 50 + index, postbackUrl }) };
    });
    const text = markdownOf([...changed(5, `${URL}&x={y}`), ...suppressed, ...created]);
    expect(text.match(/\*\*5 postbacks/g)).toHaveLength(2);
    expect(text.match(/\*\*6 postbacks/g)).toHaveLength(2);
  });

  it("that are removed name their number, some of them, and their affiliates and offers", () => {
    const steps = Array.from({ length: 20 }, (_, index): Step => {
      return { op: "delete", name: `p${index}`, old: declared({ affiliateId: 7 + (index % 2), offerId: 3 }) };
    });
    expect(markdownOf(steps)).toContain(
      "- **20 postbacks** (` p0 `, ` p1 `, ` p2 `, ` p3 `, ` p4 ` and 15 more; affiliates 7, 8; offer 3): removed from the stack and deactivated\n",
    );
  });
});

describe("ten thousand changes", () => {
  const steps = Array.from({ length: 10_000 }, (_, index) =>
    update(
      `postback-${index}`,
      { offerId: index + 1, postbackUrl: index < 300 ? URL.replace("#s2#", "#s3#") : `${URL}&x=${index}` },
      { offerId: index + 1 },
    ),
  );
  const equal = steps.map((step) => ({
    ...step,
    now: { ...step.now, postbackUrl: URL.replace("track.", "new.") },
  }));

  it("make one comment that holds, and all of the worst or their number", { timeout: 60_000 }, () => {
    const text = markdownOf(steps);
    expect(text.length).toBeLessThanOrEqual(LIMIT);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LIMIT);
    expect(text).toContain("0 new, 10000 changed");
    expect(text).toContain("### Click ID changed: 300\n\n- **300 postbacks** (");
    const shown = (text.match(/^- ` postback-\d+ ` \(/gm) ?? []).length;
    const [, left] = /(\d+) over limit\. `--format json`/.exec(text) ?? [];
    expect(300 + shown + Number(left)).toBe(10_000);
  });

  it("are one entry of a short comment where they are equal", { timeout: 60_000 }, () => {
    const report = reviewOf(equal);
    const start = performance.now();
    const text = asMarkdown(report);
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(text).toContain("- **10000 postbacks** (");
    expect(Buffer.byteLength(text)).toBeLessThan(1_500);
  });

  it("are whole as JSON", { timeout: 60_000 }, () => {
    expect(reviewOf(steps).changes).toHaveLength(10_000);
    expect(reviewOf(equal).changes).toHaveLength(10_000);
  });
});

describe("whatever a partner puts into a URL or a name", () => {
  const hostile = fc.constantFrom(
    ...[
      "`",
      "``",
      "```",
      "\n",
      "\r\n",
      "<img src=x onerror=y>",
      "[a](https://evil.example)",
      "![a](https://evil.example)",
    ],
    ...[
      "https://evil.example",
      "www.evil.example",
      "@everyone",
      "#1",
      "owner/name#1",
      ":tada:",
      "::error::x",
      "\u001b[2J",
    ],
    ...[
      "\u202e",
      "\u200b",
      "|",
      "*",
      "_",
      "~~",
      "<!--",
      "&lt;",
      "# head",
      "- item",
      "> quote",
      "$$x$$",
      "\\",
      "</details>",
    ],
  );
  const text = fc
    .array(fc.oneof(hostile, fc.string({ unit: "binary", maxLength: 5 })), { maxLength: 8 })
    .map((all) => all.join(""));
  const parser = new MarkdownIt({ html: true, linkify: true });

  it("makes no link, image, HTML or mention: it stands in code, or not at all", () => {
    fc.assert(
      fc.property(text, text, text, (name, before, after) => {
        const comment = markdownOf([
          update(
            name,
            { postbackUrl: `https://t.partner.net/${after}?${after}=${after}`, suppress: { P01: after } },
            { postbackUrl: before },
          ),
          { op: "create", name: `b${name}`, now: declared({ postbackUrl: after, postbackStatus: before }) },
        ]);
        const tokens = parser.parse(comment, {}).flatMap((token) => [token, ...(token.children ?? [])]);
        const kinds = new Set(tokens.map(({ type }) => type));
        for (const kind of [
          "link_open",
          "image",
          "html_inline",
          "html_block",
          "fence",
          "code_block",
          "blockquote_open",
          "table_open",
          "hr",
        ])
          expect(kinds, comment).not.toContain(kind);
        const outside = tokens
          .filter(({ type }) => type === "text")
          .map(({ content }) => content)
          .join(" ");
        expect(outside).not.toMatch(/evil|everyone|tada|onerror|::error/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
        expect(comment).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/);
        for (const line of comment.split("\n")) expect(line).not.toMatch(/^::/);
      }),
      { seed: 31, numRuns: 500 },
    );
  });
});

it("the categories are ordered by risk", () => {
  expect(CHANGE_CATEGORIES.slice(0, -1)).toEqual([
    ...["clickIdChanged", "hostChanged", "payoutChanged", "deactivated", "keptActive", "replaced"],
    ...["forAllOffers", "overLimit", "ruleNewlyBroken"],
  ]);
});
