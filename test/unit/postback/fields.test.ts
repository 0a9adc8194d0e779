import { describe, expect, it } from "vitest";
import { FIELD_NAMES, fieldOf, fieldsThat } from "../../../provider/postback/fields";

describe("the table of fields", () => {
  it("sends CAKE every field whose change writes to it, and no other", () => {
    const sent = FIELD_NAMES.filter((name) => fieldOf(name).wireName !== undefined);
    expect(new Set(sent)).toEqual(new Set([...fieldsThat("replace"), ...fieldsThat("update")]));
  });

  it("gives no two fields one name in CAKE's requests", () => {
    const names = FIELD_NAMES.flatMap((name) => fieldOf(name).wireName ?? []);
    expect(new Set(names).size).toBe(names.length);
  });

  it("requires each field that CAKE is sent, or has a default for it", () => {
    const sent = FIELD_NAMES.filter((name) => fieldOf(name).wireName !== undefined);
    const lacking = sent.filter(
      (name) => !fieldOf(name).isRequired === (fieldOf(name).default === undefined),
    );
    expect(lacking).toEqual([]);
  });
});
