import { describe, expect, it } from "vitest";
import { shapeOf } from "../../../../../provider/cli/doctor/anonymous/shape";

const shape = (value: unknown) => shapeOf(value, (name) => !name.startsWith("x"));

describe("the shape of an answer", () => {
  it.each([
    [1, "number"],
    ["12", "digits"],
    ["", "empty string"],
    ["a", "string"],
    [null, "null"],
    [true, "boolean"],
    [[], { rows: null }],
    [[1, "a", null], { rows: "null|number|string" }],
    [{ request_status: "Success" }, { fields: { request_status: "Success" }, otherFields: 0 }],
    [{ request_status: "Secret" }, { fields: { request_status: "other" }, otherFields: 0 }],
    [
      { a: 1, x: 2, xy: 3 },
      { fields: { a: "number" }, otherFields: 2 },
    ],
  ])("of %j is %j", (value, expected) => {
    expect(shape(value)).toEqual(expected);
  });

  it("merges the rows of an array: what some lack, and what is not the same everywhere", () => {
    const rows = [{ a: 1, b: "x" }, { a: "1", c: [1] }, { a: 2, b: null, x: 1 }, { c: ["y"] }];
    expect(shape({ rows })).toEqual({
      fields: {
        rows: {
          rows: {
            fields: {
              a: "absent|digits|number",
              b: "absent|null|string",
              c: { anyOf: ["absent", { rows: "number|string" }] },
            },
            otherFields: 1,
          },
        },
      },
      otherFields: 0,
    });
    expect(shape([{ a: 1 }, [1], 2])).toEqual({
      rows: { anyOf: ["number", { fields: { a: "number" }, otherFields: 0 }, { rows: "number" }] },
    });
  });

  it("is bounded in depth and width", () => {
    const deep = Array.from({ length: 60 }).reduce<unknown>((inner) => ({ a: inner }), 1);
    expect(JSON.stringify(shape(deep)).length).toBeLessThan(300);
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`f${index}`, 1]));
    expect(shape(wide)).toMatchObject({ otherFields: 4_900 });
  });
});
