import { describe, expect, test } from "vitest";
import { parsePreview } from "../../../../provider/cli/input/preview";
import { asCsv, asPretty, toWorkList } from "../../../../provider/cli/review/workList";

const TYPE = "pulumi-nodejs:dynamic/cake:AffiliatePostback";
const live = {
  affiliateId: 7,
  offerId: 8,
  postbackUrl: "https://a.example/pb?cid=#s2#",
  postbackStatus: "active",
};

function preview(step: object): string {
  const other = { op: "create", urn: "u", newState: { type: "random:index:Pet", inputs: {} } };
  return JSON.stringify({ steps: [other, { urn: "urn::acme", ...step }], changeSummary: {} });
}

function update(inputs: object, detailedDiff?: object): string {
  return preview({
    op: "update",
    oldState: { id: "8801", type: TYPE, outputs: live },
    newState: { type: TYPE, inputs: { ...live, ...inputs } },
    detailedDiff,
  });
}

const workIn = (text: string) => toWorkList(parsePreview(text).steps);

describe("the work list of a preview", () => {
  test("holds each changed field of each updated postback, old value and new", () => {
    const work = workIn(update({ postbackUrl: "https://b.example/pb?cid=#s2#", postbackStatus: "inactive" }));
    const subject = { postbackId: "8801", affiliateId: "7", offerId: "8" };
    expect(work).toEqual([
      { ...subject, field: "postbackUrl", from: live.postbackUrl, to: "https://b.example/pb?cid=#s2#" },
      { ...subject, field: "postbackStatus", from: "active", to: "inactive" },
    ]);
  });

  test.each(["delete", "delete-replaced"])(
    "asks to deactivate what a %s step takes out of the stack",
    (op) => {
      const work = workIn(preview({ op, oldState: { id: "8801", type: TYPE, outputs: live } }));
      expect(work).toMatchObject([
        { postbackId: "8801", field: "postbackStatus", from: "active", to: "inactive" },
      ]);
    },
  );

  test("holds a replaced postback once, also with the steps of which the replacement consists", () => {
    const state = { id: "8801", type: TYPE, outputs: live };
    const made = { type: TYPE, inputs: { ...live, offerId: 9 } };
    const steps = [
      { op: "create-replacement", urn: "u::a", oldState: state, newState: made },
      { op: "replace", urn: "u::a", oldState: state, newState: made },
      { op: "delete-replaced", urn: "u::a", oldState: state },
    ];
    expect(workIn(JSON.stringify({ steps, changeSummary: { replace: 1 } }))).toHaveLength(1);
  });

  test("asks nothing for a postback that is inactive already, and nothing for creates and unchanged ones", () => {
    const outputs = { ...live, postbackStatus: "inactive" };
    expect(workIn(preview({ op: "delete", oldState: { id: "8801", type: TYPE, outputs } }))).toEqual([]);
    expect(workIn(preview({ op: "create", newState: { type: TYPE, inputs: live } }))).toEqual([]);
    const same = { oldState: { type: TYPE, outputs: live }, newState: { type: TYPE, inputs: live } };
    expect(workIn(preview({ op: "same", ...same }))).toEqual([]);
  });

  test("names a secret URL as changed only when the engine says so, although both values look alike", () => {
    const secret = { ...live, postbackUrl: "[secret]" };
    const step = (detailedDiff: object) =>
      preview({
        op: "update",
        oldState: { id: "1", type: TYPE, outputs: secret },
        newState: { type: TYPE, inputs: secret },
        detailedDiff,
      });
    expect(workIn(step({ postbackUrl: { kind: "UPDATE" } }))).toMatchObject([
      { field: "postbackUrl", to: "[secret]" },
    ]);
    expect(workIn(step({ "urlParts.query.cid": { kind: "update" } }))).toHaveLength(1);
    expect(workIn(step({ suppress: { kind: "add" } }))).toEqual([]);
  });

  test("names a secret URL that may have changed, where the engine does not say what changed", () => {
    const secret = { ...live, postbackUrl: "[secret]" };
    const states = {
      oldState: { id: "1", type: TYPE, outputs: secret },
      newState: { type: TYPE, inputs: secret },
    };
    for (const detailedDiff of [null, {}])
      expect(workIn(preview({ op: "update", ...states, detailedDiff }))).toMatchObject([
        { field: "postbackUrl", from: "[secret]", to: "[secret]" },
      ]);
  });

  test("shows a URL that is to be pasted, and of one that is not known yet never Pulumi's own mark", () => {
    const secret = (url: string) => ({
      ...{ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" },
      plaintext: JSON.stringify(url),
    });
    const url = "https://b.example/pb?cid=#s2#&token=hunter2";
    expect(workIn(update({ postbackUrl: secret(url) }))).toMatchObject([{ field: "postbackUrl", to: url }]);
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const [work] = workIn(update({ postbackUrl: unknown }));
    expect(work).toMatchObject({ field: "postbackUrl", to: "(known only after the run)" });
  });

  test("cannot smuggle a formula into a spreadsheet or control bytes into a terminal", () => {
    const work = workIn(update({ postbackUrl: "=HYPERLINK(1)\u001b[2J" }));
    expect(asCsv(work)).toContain("'=HYPERLINK(1)\uFFFD[2J");
    expect(asPretty(work)).not.toContain("\u001b[2J");
  });
});
