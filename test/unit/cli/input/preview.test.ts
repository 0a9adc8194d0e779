import { describe, expect, it, test } from "vitest";
import { parsePreview } from "../../../../provider/cli/input/preview";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";

type Json = Record<string, unknown>;
type StepOf = [op: string, name: string, options?: Json];

const DECLARED = { affiliateId: 1, offerId: 2, postbackUrl: "https://a.example/pb?cid=#s2#" };
const NEW = new Set(["create", "import", "read"]);
const GONE = new Set(["delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"]);

/** A digest as the Pulumi CLI writes it. */
function digest(steps: StepOf[], others: Json = {}, type = TYPE_TOKEN): string {
  const all = steps.map(([op, name, options = {}]) => {
    const urn = `urn:pulumi:dev::shop::${type}::${name}`;
    const state = { urn, type, custom: true, inputs: DECLARED, ...options };
    return {
      ...{ op, urn, detailedDiff: null },
      ...(NEW.has(op) ? {} : { oldState: { ...state, id: "8801", outputs: DECLARED } }),
      ...(GONE.has(op) ? {} : { newState: state }),
    };
  });
  return JSON.stringify({ steps: all, duration: 1, ...others }, undefined, 4);
}

const kindsIn = (text: string) => parsePreview(text).steps.map(({ kind, name }) => `${kind} ${name}`);

describe("the steps of an operation", () => {
  it.each([
    ["create", "create"],
    ["import", "create"],
    ["update", "update"],
    ["replace", "replace"],
    ["delete", "delete"],
    ["same", "same"],
    ["refresh", "refresh"],
    ["read", "read"],
    ["read-replacement", "read"],
    ["discard", "forget"],
    ["discard-replaced", "forget"],
    ["remove-pending-replace", "forget"],
    ["create-replacement", "create"],
    ["import-replacement", "create"],
    ["delete-replaced", "delete"],
  ])("are all understood: %s", (op, kind) => {
    const preview = parsePreview(digest([[op, "a"]]));
    expect(preview.steps).toMatchObject([{ kind, name: "a" }]);
    expect(preview.incomplete).toEqual([]);
  });

  it("of one replacement are one", () => {
    const halves: StepOf[] = [
      ["create-replacement", "a"],
      ["replace", "a"],
      ["delete-replaced", "a"],
    ];
    expect(kindsIn(digest(halves, { changeSummary: { replace: 1 } }))).toEqual(["replace a"]);
  });

  it("that refresh first count only where nothing else becomes of the postback", () => {
    const steps: StepOf[] = [
      ["refresh", "a"],
      ["refresh", "b"],
      ["update", "a"],
    ];
    expect(kindsIn(digest(steps, { changeSummary: { update: 1, same: 1 } }))).toEqual([
      "refresh b",
      "update a",
    ]);
  });

  it("delete what the program from now on only looks up", () => {
    const text = digest([["replace", "a", { external: true }]]);
    expect(kindsIn(text)).toEqual(["delete a"]);
  });

  it.each(["mend", "constructor", "__proto__", "toString"])(
    "that are unknown are named and counted: %s",
    (op) => {
      const { steps, incomplete } = parsePreview(
        digest([
          [op, "a"],
          [op, "b"],
          ["update", "c"],
        ]),
      );
      expect(steps).toHaveLength(1);
      expect(incomplete).toEqual([
        `this version of pulumi-cake does not know the operation "${op}" of 2 postbacks: a, b`,
      ]);
    },
  );

  it("of other packages are nobody's business, whatever they are", () => {
    const text = digest([["mend", "a"]], {}, "aws:s3/bucket:Bucket");
    expect(parsePreview(text)).toMatchObject({ steps: [], incomplete: [] });
  });
});

describe("the counts of Pulumi itself", () => {
  it("show what the JSON of a refresh does not: what differs", () => {
    const text = digest(
      [
        ["refresh", "a"],
        ["refresh", "b"],
      ],
      { changeSummary: { same: 0, update: 2 } },
    );
    const { incomplete } = parsePreview(text);
    expect(incomplete).toHaveLength(1);
    expect(incomplete[0]).toMatch(/2 resources to update.*lists 0.*pulumi preview --refresh --json/);
  });

  it.each([
    [["delete", "a"], { delete: 2 }, /2 resources to delete, and its JSON lists 1/],
    [["create", "a"], { same: 5 }, /0 resources to create, and its JSON lists 1/],
    [["same", "a"], { same: 1, mend: 3 }, /3 resources to mend, and its JSON lists 0/],
  ] as [StepOf, Json, RegExp][])("are compared with what is listed: %j", (step, changeSummary, says) => {
    expect(parsePreview(digest([step], { changeSummary })).incomplete.join()).toMatch(says);
  });

  it.each([{}, { same: 12 }, { same: 12, read: 3 }])("agree with what options hide: %j", (changeSummary) => {
    expect(parsePreview(digest([], { changeSummary })).incomplete).toEqual([]);
  });
});

describe("an operation that failed", () => {
  const failed = (message: string, more: Json = {}) =>
    digest([], { diagnostics: [{ severity: "error", message, ...more }], changeSummary: { create: 1 } });

  it("says its own errors, and that a program may not compile", () => {
    const text = failed(
      "error: Unable to compile TypeScript:\nindex.ts(1,7): error TS2322: …\n    at x (y:1)\n",
    );
    expect(() => parsePreview(text)).toThrow(
      /may not compile[\s\S]*\n {2}index\.ts\(1,7\): error TS2322: … \[preview-failed-early\]$/,
    );
  });

  it("says which postback it is about, and not that the program does not compile", () => {
    const text = failed("error: resource 'a' has a problem: P01", { urn: "urn:pulumi:dev::shop::t::a" });
    expect(() => parsePreview(text)).toThrow(
      /^(?!.*compile)The preview failed[\s\S]*P01 \[preview-failed\]$/,
    );
  });

  it("quotes no secret and nothing that a terminal obeys", () => {
    const hostile = "https://a.example/pb?token=hunter2hunter2 \r# x \u001b[2J\u202e\u2028y";
    const says = messageOf(failed(`error: ${hostile}\n`));
    expect(says).not.toContain("hunter2");
    expect(says.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  });

  it("is cut, however much it says", () => {
    const diagnostics = Array.from({ length: 500 }, () => ({
      ...{ severity: "error", message: `${"x".repeat(3000)}\n`.repeat(40) },
    }));
    const says = messageOf(digest([], { diagnostics }));
    expect(says.length).toBeLessThan(65_536);
    expect(says).toContain("and 490 more errors");
    expect(says).toContain("and 28 more lines");
  });

  it("is none because of a warning", () => {
    expect(parsePreview(digest([], { diagnostics: [{ severity: "warning", message: "…" }] })).steps).toEqual(
      [],
    );
  });
});

describe("what a file holds instead", () => {
  it.each([
    ["", /it is empty, so the preview probably failed/],
    ["error: no stack selected", /not JSON/],
    ['{"steps": [', /cut off/],
    ["{}", /Pulumi failed before it ran the program/],
    ["[]", /no list of steps/],
    ['{"steps": []}\n{"steps": []}', /two may stand in one text/],
    ["null", /no list of steps/],
    ['{"a": 1}', /no list of steps/],
    ['{"version": 3, "deployment": {}}', /output of "pulumi stack export"/],
    ['{"sequence":1,"preludeEvent":{}}\n{"sequence":2,"cancelEvent":{}}\n', /event log/],
  ])("is said: %s", (text, says) => {
    expect(() => parsePreview(text)).toThrow(says);
  });

  it("is said however deep it is nested", () => {
    const nested = `{"steps": ${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    expect(() => parsePreview(nested)).toThrow(/no list of steps/);
  });

  test("an operation on an empty stack lists nothing", () => {
    expect(parsePreview('{\n    "duration": 303500\n}\n')).toMatchObject({ steps: [], incomplete: [] });
  });

  test("an operation that was also carried out begins with its preview, and events follow", () => {
    const events = '{"sequence":0,"resourcePreEvent":{}}\n{"sequence":1,"cancelEvent":{}}\n';
    expect(kindsIn(`${digest([["update", "a"]])}\n${events}`)).toEqual(["update a"]);
  });

  test("a preview brings the stack's own rules", () => {
    const rules = '{"severity":{"P03":"off"}}';
    expect(parsePreview(digest([], { config: { "cake:rules": rules } })).rules).toBe(rules);
    expect(parsePreview(digest([])).rules).toBeUndefined();
  });
});

function messageOf(text: string): string {
  try {
    parsePreview(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("It was read.");
}
