import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { questionOf } from "../../../../provider/cli/inventory/where";
import { ENCRYPTED, inventory, row, sourceOf, stackOf } from "./support";

const BROKEN = "https://sub.acme.example:8443/in/{clickid}?payout=#price#";
const EVERFLOW = "https://www.adlantis-trk.example/?nid=229&transaction_id=#s2#&amount=#price#";
const sources = [
  sourceOf([
    row(7),
    row(8, { affiliateId: 20, url: BROKEN }),
    row(9, { offerId: 0, url: EVERFLOW, status: "inactive" }),
    row(10, { url: "https://acme.example/?Sub=#REQID#", affiliateId: null }),
    row(11, { url: "https://me:pw@notacme.example/?x=#price#&cid=#s2#" }),
  ]),
  sourceOf([row(70, { url: "https://t.example/a,b?cid=#s2#,#s3#" })], { instance: "eu.example.com:8443" }),
];
const stacks = [
  stackOf([{ id: 7 }, { id: 99 }, { id: 11, outputs: { postbackUrl: ENCRYPTED } }]),
  stackOf([{ id: 8, outputs: { affiliateId: 21, postbackUrl: BROKEN } }], "network/dev"),
];
const asked = (...where: string[]) => inventory({ sources, stacks, where }).records.map(({ id }) => id);

describe("--where", () => {
  test.each([
    ["macro=reqid", [10]],
    ["macro=#reqid#", [10]],
    ["macro=#s2#", [7, 9, 11, 99, 70]],
    ["host=acme.example", [10]],
    ["host=.acme.example", [8, 10]],
    ["host=notacme.example", [11]],
    ["host=SUB.acme.example", [8]],
    ["host=sub.acme.example:8443", [8]],
    ["host=sub.acme.example:443", []],
    ["host=.example", [7, 8, 9, 10, 11, 99, 70]],
    ["parameter=nid", [9]],
    ["parameter=sub", []],
    ["affiliate=20", [8]],
    ["affiliate=020", [8]],
    ["offer=0", [9]],
    ["id=7", [7]],
    ["instance=EU.example.com:8443", [70]],
    ["stack=network/prod", [7, 11, 99]],
    ["stack=prod", [7, 11, 99]],
    ["stack=work/prod", []],
    ["tracker=everflow", [9]],
    ["shape=/postback?cid=#s2#&payout=#price#&txid=#leadid#", [7, 99]],
    ["shape=/?amount=#price#&nid=…&transaction_id=#s2#", [9]],
    ["shape=/a,b?cid=#s2#…#s3#", [70]],
    ["status=inactive", [9]],
    ["status=Active", [7, 8, 10, 11, 99, 70]],
    ["rule=p01", [8]],
    ["is=missing", [99]],
    ["is=drifted", [8]],
    ["is=notcompared", [11]],
  ])("%s", (question, ids) => {
    expect(asked(question)).toEqual(ids);
  });

  test.each([
    ["commas mean or", ["id=7,9"], [7, 9]],
    ["blanks around them are none of the value", ["is=missing, inactive"], [9, 99]],
    ["several mean and", ["is=unmanaged", "host=.example", "status=active"], [10, 70]],
    ["those that contradict each other are answered by nothing", ["id=7", "id=8"], []],
  ])("where %s", (_, questions, ids) => {
    expect(asked(...questions)).toEqual(ids);
  });

  test("stands in the report as it was asked", () => {
    expect(inventory({ sources, where: ["macro=#reqid#", "is=inactive"] }).where).toEqual([
      "macro=#reqid#",
      "is=inactive",
    ]);
  });

  test.each([
    ["colour=red", /"colour=red" is no question.*there are macro, host, parameter/],
    ["macro", /"macro" is no question/],
    ["=x", /"=x" is no question/],
    ["", /"" is no question/],
    ["constructor=x", /is no question/],
    ["__proto__=x", /is no question/],
    ["macro=", /Say which macro is meant/],
    ["tracker=", /Say which tracker is meant/],
    ["status=active,", /Say which status is meant/],
    ["macro=##", /"##" is none: macro=… asks for macros, such as #reqid#/],
    ["affiliate=null", /"null" is none: affiliate=… asks for ids/],
    ["offer=-1", /"-1" is none/],
    ["id=7.5", /"7.5" is none/],
    ["host=.acme.example:8443", /is none: host=… asks for hosts.*on any port/],
    ["host=.", /"." is none/],
    ["host=https://acme.example/pb", /is none: host=… asks for hosts/],
    ["is=live", /No record has is="live". It can be managed, unmanaged, missing, claimedTwice/],
    ["tracker=Volum", /No record has tracker="Volum". It can be Voluum,/],
  ])("refuses %s with words", (question, words) => {
    expect(() => questionOf(question)).toThrow(words);
  });

  test("takes any text, and only refuses it or answers", () => {
    const kinds = ["macro", "host", "parameter", "shape", "stack", "rule", "status", "is", "instance", "id"];
    const question = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .tuple(fc.constantFrom(...kinds), fc.string({ unit: "binary" }))
        .map(([kind, text]) => `${kind}=${text}`),
    );
    const [record] = inventory({ rows: [row(7)] }).records;
    if (record === undefined) throw new Error("There is a record.");
    fc.assert(
      fc.property(question, fc.string({ unit: "binary" }), (text, url) => {
        const answered = () => questionOf(text).holds({ record, url });
        try {
          expect(typeof answered()).toBe("boolean");
        } catch (error) {
          expect(String(error)).toMatch(/^Error: /);
        }
      }),
      { seed: 12, numRuns: 120 },
    );
  });
});
