import { describe, expect, it } from "vitest";
import { parseContents } from "../../../../provider/cli/input/parseSource";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";

const inputs = { affiliateId: 1, offerId: 2, postbackUrl: "https://a.example/pb?cid=#s2#" };

function read(ops: readonly string[], changeSummary: object) {
  const steps = ops.map((op, index) => {
    const urn = `urn:pulumi:dev::shop::${TYPE_TOKEN}::p${index}`;
    const state = { urn, type: TYPE_TOKEN, inputs };
    return { op, urn, oldState: { ...state, id: "8801", outputs: inputs }, newState: state };
  });
  return parseContents(JSON.stringify({ steps, changeSummary }), "preview.json");
}

describe("a preview", () => {
  it("is judged as what would be live after it", () => {
    const ops = ["create", "import", "update", "replace", "same", "delete", "read", "discard"];
    const { subjects, incomplete } = read(ops, {});
    expect(subjects.map(({ name }) => name)).toEqual(["p0", "p1", "p2", "p3", "p4"]);
    expect(incomplete).toEqual([]);
  });

  it.each([
    ["an operation that is unknown", ["mend"], { mend: 1 }, /"mend" of 1 postback/],
    ["a refresh that found what it does not list", ["refresh"], { update: 2 }, /2 resources to update/],
  ])("is incomplete for %s", (_case, ops, changeSummary, says) => {
    expect(read(ops, changeSummary).incomplete.join()).toMatch(says);
  });
});
