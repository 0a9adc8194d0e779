import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFilter, refuseUnknownValues } from "../../../../provider/cli/inventory/filters";
import { ENCRYPTED, inventory, only, row, sourceOf, stackOf } from "./support";

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
const asked = (...where: string[]) => inventory({ sources, stacks, where }).postbacks.map(({ id }) => id);

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
    ["is=not-compared", [11]],
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
    ["color=red", /"color=red" is not a filter.*Fields: macro, host, parameter/],
    ["macro", /"macro" is not a filter/],
    ["=x", /"=x" is not a filter/],
    ["", /"" is not a filter/],
    ["constructor=x", /is not a filter/],
    ["__proto__=x", /is not a filter/],
    ["macro=", /macro= has an empty value/],
    ["tracker=", /tracker= has an empty value/],
    ["status=active,", /status= has an empty value/],
    ["macro=##", /macro must be a macro such as #reqid#, found "##"/],
    ["affiliate=abc", /affiliate must be an ID such as 2004, found "abc"/],
    ["offer=-1", /offer must be an ID/],
    ["id=7.5", /found "7.5"/],
    ["parameter=?cid", /parameter must be the name of a parameter/],
    ["shape=postback", /shape must be a shape such as/],
    ["host=.acme.example:8443", /host must be a host .*on any port/],
    ["host=.", /found "."/],
    ["host=https://acme.example/pb", /host must be a host/],
    ["is=live", /No condition is "live"/],
    ["is=driftd", /Did you mean drifted\?/],
    ["is=managedTwice", /Did you mean managed-twice\?/],
    ["tracker=Volum", /No tracker is "Volum"\. .*Did you mean Voluum\?/],
  ])("refuses %s with words", (question, words) => {
    expect(() => parseFilter(question)).toThrow(words);
  });

  describe("refuses what cannot be in this report, because a typo must not read as a clean answer", () => {
    const known = {
      ...{ rule: ["P01", "P09", "X01"], stack: ["acme/network/prod", "network/dev"] },
      ...{ instance: ["cake.example.com", "eu.example.com"], status: ["active", "inactive", "deleted"] },
    };
    const refused =
      (...where: string[]) =>
      () =>
        refuseUnknownValues(where.map(parseFilter), known);

    test.each([
      ["rule=P99", /No rule is "P99"\. .*Did you mean P09\? It can be P01, P09, X01\./],
      ["rule=P01,P1", /No rule is "P1"/],
      ["stack=rod", /No stack is "rod"/],
      ["instance=eu.exmple.com", /Did you mean eu\.example\.com\?/],
      ["status=actve", /Did you mean active\?/],
      ["status=foo", /^No status is "foo"\. [^?]*It can be active, inactive, deleted\. \[/],
      ["stack=nosuch", /^No stack is "nosuch"\. [^?]*It can be acme\/network\/prod, network\/dev\. \[/],
    ])("%s", (where, words) => {
      expect(refused(where)).toThrow(words);
    });

    test.each(["rule=x01", "stack=prod", "stack=network/prod", "status=Deleted", "instance=EU.example.com"])(
      "but not %s",
      (where) => {
        expect(refused(where)).not.toThrow();
      },
    );

    test("a stack where none was given", () => {
      expect(() => refuseUnknownValues([parseFilter("stack=prod")], { stack: [] })).toThrow(
        /No stack is "prod"\. .*No stack is given\./,
      );
    });
  });

  test("takes any text, and only refuses it or answers", () => {
    const kinds = ["macro", "host", "parameter", "shape", "stack", "rule", "status", "is", "instance", "id"];
    const question = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .tuple(fc.constantFrom(...kinds), fc.string({ unit: "binary" }))
        .map(([kind, text]) => `${kind}=${text}`),
    );
    const postback = only(inventory({ rows: [row(7)] }));
    fc.assert(
      fc.property(question, fc.string({ unit: "binary" }), (text, url) => {
        const answered = () => parseFilter(text).holds({ postback, url });
        try {
          expect(typeof answered()).toBe("boolean");
        } catch (error) {
          expect(String(error)).toMatch(/^CodedError: .* \[inventory-filter-/s);
        }
      }),
      { seed: 12, numRuns: 120 },
    );
  });
});
