import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonPieces, LateObject, safeJson } from "../../../../provider/cli/output/json";

const text = (value: unknown) => [...jsonPieces(value)].join("");

describe("JSON in pieces", () => {
  it("is the text of JSON.stringify, whatever the value holds", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()), (members, list) => {
        expect(text(new LateObject(() => Object.entries(members)))).toBe(safeJson(members, 2));
        expect(text(list.values())).toBe(safeJson(list, 2));
        const nested = new LateObject(() => [
          ["list", [new LateObject(() => Object.entries(members))].values()],
        ]);
        expect(text(nested)).toBe(safeJson({ list: [members] }, 2));
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it("has no member that is undefined", () => {
    expect(
      text(
        new LateObject(() => [
          ["a", undefined],
          ["b", 1],
        ]),
      ),
    ).toBe('{\n  "b": 1\n}');
  });

  it("holds nothing that a terminal or a runner obeys", () => {
    const printed = text(["\u001b[2J##[error]", { a: "::error::" }].values());
    for (const obeyed of ["\u001b", "##[", "::error"]) expect(printed).not.toContain(obeyed);
  });

  it("takes one element after the other, and members after the lists before them", () => {
    const seen: string[] = [];
    function* elements() {
      for (const at of [1, 2]) {
        seen.push(`made ${at}`);
        yield at;
      }
    }
    const late = new LateObject(function* () {
      yield ["list", elements()];
      yield ["count", seen.length];
    });
    for (const piece of jsonPieces(late)) if (/\d/.test(piece)) seen.push(`printed ${piece}`);
    expect(seen).toEqual(["made 1", "printed 1", "made 2", "printed 2", "printed 4"]);
  });
});
