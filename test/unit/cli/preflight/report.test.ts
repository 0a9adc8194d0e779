import { describe, expect, test } from "vitest";
import type { PreflightReport } from "../../../../provider/cli/preflight/report";
import { PLUGIN_TYPE_TOKEN, TYPE_TOKEN } from "../../../../provider/postback/postback";
import {
  DECLARED,
  deployment,
  exported,
  made,
  making,
  onCake,
  reportOnBoth as report,
  report as reportAlone,
  SECRET,
  urnOf,
} from "./support";

/** What was found, each as "kind name". */
function found(all: PreflightReport["stops"] | PreflightReport["notes"]): string[] {
  return all.map((one) => ("name" in one ? `${one.kind} ${one.name}` : one.kind));
}

function creating(create: Record<string, unknown>, ...resources: Record<string, unknown>[]): PreflightReport {
  return report(deployment([onCake, ...resources], [["creating", create]]));
}

describe("what an engine exports after a kill in the middle of a create", () => {
  test("stops, and names the postback and the instance of its provider", () => {
    const { result, stops, notes, totals } = report(exported("twoInstances"));
    expect({ result, notes }).toEqual({ result: "stop", notes: [] });
    expect(stops).toMatchObject([
      {
        kind: "interruptedCreate",
        name: "nordlicht-eu-summer-sale",
        affiliateId: 2004,
        offerId: 314,
        instance: "eu.example.com",
        postbackId: null,
        times: 1,
      },
    ]);
    expect(totals).toEqual({ postbacks: 1, instances: { "us.example.com": 1 } });
  });

  test("needs nothing of what is encrypted", () => {
    expect(report(exported("secretUrl")).stops).toMatchObject([
      { name: "scaleo", affiliateId: 67890, offerId: 12345, instance: "cake.example.com" },
    ]);
  });

  test("stops when the create was to replace the postback that the state has under the same name", () => {
    const { stops, totals } = report(exported("replacement"));
    expect(stops).toMatchObject([{ kind: "interruptedCreate", name: "acme", affiliateId: 67891 }]);
    expect(totals.postbacks).toBe(1);
  });

  test("goes on with a note when a later run has finished it", () => {
    const { result, stops, notes } = report(exported("finished"));
    expect({ result, stops }).toEqual({ result: "ok", stops: [] });
    expect(notes).toMatchObject([{ kind: "finishedCreate", name: "acme", affiliateId: 67891 }]);
  });
});

describe("a pending create", () => {
  test("is named as in the program, whatever is in the name", () => {
    expect(creating(making("acme::eu: 1")).stops).toMatchObject([{ name: "acme::eu: 1" }]);
  });

  test("is finished when the state has its resource, which may have got another URL since", () => {
    const updated = { ...DECLARED, postbackUrl: "https://new.example/postback" };
    const { stops, notes } = creating(making("acme"), made("acme", { inputs: updated }));
    expect(stops).toEqual([]);
    expect(found(notes)).toEqual(["finishedCreate acme"]);
  });

  test.each([
    ["is not there", []],
    ["has another name", [made("acme-2")]],
    ["is only the old one, which waits to be deactivated", [made("acme", { delete: true })]],
    ["was deactivated to be made again", [made("acme", { pendingReplacement: true })]],
    ["has no id", [made("acme", { id: undefined })]],
    [
      "was made for another affiliate",
      [made("acme", { inputs: { affiliateId: 1, offerId: 12345, postbackTypeId: 1 } })],
    ],
    [
      "was made for another offer",
      [made("acme", { inputs: { affiliateId: 67890, offerId: 1, postbackTypeId: 1 } })],
    ],
    [
      "is of another type",
      [made("acme", { inputs: { affiliateId: 67890, offerId: 12345, postbackTypeId: 2 } })],
    ],
  ])("stops the run when its resource %s", (_, resources) => {
    expect(found(creating(making("acme"), ...resources).stops)).toEqual(["interruptedCreate acme"]);
  });

  // An engine gives the new resource the old one's time of creation until it is made.
  test.each([
    ["2026-01-01T00:00:00Z", ["interruptedCreate acme"]],
    ["2025-01-01T00:00:00Z", []],
  ])(
    "of a forced replacement, with all fields equal, is told by the time of creation: %s",
    (created, stops) => {
      expect(found(creating(making("acme", { created }), made("acme")).stops)).toEqual(stops);
    },
  );

  test("with a secret affiliate says that it is not told, and is not told apart from another one", () => {
    const secret = making("acme", {}, { affiliateId: SECRET });
    expect(creating(secret).stops).toMatchObject([{ affiliateId: null, offerId: 12345 }]);
    expect(found(creating(secret, made("acme")).notes)).toEqual(["finishedCreate acme"]);
    const nowSecret = made("acme", { inputs: { ...DECLARED, affiliateId: SECRET } });
    expect(found(creating(making("acme"), nowSecret).notes)).toEqual(["finishedCreate acme"]);
  });

  test("is the same one by both doors: a stack that has moved finishes it, and interrupts it again", () => {
    const [before, after] = [TYPE_TOKEN, PLUGIN_TYPE_TOKEN].map((type) => ({
      ...making("acme"),
      ...{ type, urn: urnOf("acme", `shop:index:Box$${type}`) },
    }));
    const done = { ...made("acme"), ...after, id: "8801" };
    const text = deployment([onCake, done], [["creating", before ?? {}]]);
    expect(found(reportAlone(text).notes)).toEqual(["finishedCreate acme"]);
    const twice = deployment(
      [onCake],
      [before, after].map((one) => ["creating", one ?? {}]),
    );
    expect(reportAlone(twice).stops).toMatchObject([{ kind: "interruptedCreate", times: 2 }]);
  });

  test("that was interrupted twice is one stop, and says so", () => {
    const twice = report(
      deployment(
        [onCake],
        [
          ["creating", making("acme")],
          ["creating", making("acme")],
        ],
      ),
    );
    expect(twice.stops).toMatchObject([{ name: "acme", times: 2 }]);
    const other = making("acme", {}, { offerId: 1 });
    const two = report(
      deployment(
        [onCake],
        [
          ["creating", making("acme")],
          ["creating", other],
        ],
      ),
    );
    expect(two.stops).toMatchObject([
      { times: 1, offerId: 12345 },
      { times: 1, offerId: 1 },
    ]);
  });

  test("of another kind of resource is a note, because the same command would clear it", () => {
    const bucket = { urn: urnOf("logs", "aws:s3/bucket:Bucket"), type: "aws:s3/bucket:Bucket" };
    const { result, notes } = creating(bucket);
    expect({ result, found: found(notes) }).toEqual({ result: "ok", found: ["otherCreate logs"] });
  });
});

describe("other pending operations", () => {
  test.each([
    ["updating", "interruptedUpdate"],
    ["deleting", "interruptedDelete"],
  ])("are notes: %s", (operation, kind) => {
    const { result, notes } = report(deployment([onCake, made("acme")], [[operation, made("acme")]]));
    expect(result).toBe("ok");
    expect(notes).toMatchObject([{ kind, name: "acme", postbackId: "8801", affiliateId: 67890 }]);
  });

  test.each(["reading", "importing"])("that wrote nothing to CAKE are notes: %s", (operation) => {
    const { result, notes } = report(deployment([onCake], [[operation, making("acme")]]));
    expect(result).toBe("ok");
    expect(notes).toEqual([{ kind: "otherOperation", operation, urn: urnOf("acme"), name: "acme" }]);
  });

  test.each(["updating", "deleting", "mending"])("of other resources are notes: %s", (operation) => {
    const bucket = { urn: urnOf("logs", "aws:s3/bucket:Bucket"), type: "aws:s3/bucket:Bucket" };
    const { result, notes } = report(deployment([onCake], [[operation, bucket]]));
    expect(result).toBe("ok");
    expect(notes).toMatchObject([{ kind: "otherOperation", operation, name: "logs" }]);
  });

  test("on a postback that are unknown leave the result unknown, and a stop goes before", () => {
    const unknown = report(deployment([onCake, made("acme")], [["mending", made("acme")]]));
    expect(unknown.result).toBe("unknown");
    expect(found(unknown.stops)).toEqual(["unknownOperation acme"]);
    const both: [string, Record<string, unknown>][] = [
      ["mending", made("acme")],
      ["creating", making("beta")],
    ];
    expect(report(deployment([onCake, made("acme")], both)).result).toBe("stop");
  });
});
