import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { secret, unwrap, wrap } from "../../../provider/plugin/values";

// What toJavaScript of protobuf drops in any object.
const name = fc.string().filter((text) => text !== "__proto__");
const value = fc.jsonValue({ maxDepth: 3 }).filter((one) => !JSON.stringify(one).includes("__proto__"));

describe("properties on their way to the engine and back", () => {
  it("are the same, and the same of them are secret", () => {
    fc.assert(
      fc.property(fc.dictionary(name, value), fc.func(fc.boolean()), (bag, isSecret) => {
        const plain = JSON.parse(JSON.stringify(bag));
        const secrets = Object.keys(plain).filter((key) => isSecret(key));
        const back = unwrap(wrap(plain, secrets));
        expect(back.bag).toEqual(plain);
        expect(new Set(back.secrets)).toEqual(new Set(secrets));
      }),
    );
  });

  it("are left out where they are undefined, as protobuf knows no such value", () => {
    expect(unwrap(wrap({ a: undefined, b: null }, ["a"]))).toEqual({ bag: { b: null }, secrets: [] });
  });
});

describe("a property with a secret anywhere inside", () => {
  it("is opened, and counts as secret as a whole", () => {
    const sent = {
      adopt: { postbackId: secret(1) },
      list: [1, secret({ a: secret("b") })],
      plain: { c: "d" },
    };
    expect(unwrap(wrap(sent, []))).toEqual({
      bag: { adopt: { postbackId: 1 }, list: [1, { a: "b" }], plain: { c: "d" } },
      secrets: ["adopt", "list"],
    });
  });

  it("is no other value that the engine marks, such as an asset", () => {
    const asset = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "x" };
    expect(unwrap(wrap({ asset }, []))).toEqual({ bag: { asset }, secrets: [] });
  });
});

describe("an answer that is closed", () => {
  it("says nothing of a secret but inside its mark", () => {
    const closed = wrap({ postbackUrl: "https://a.example/?token=t0ken", other: 1 }, [
      "postbackUrl",
    ]).toJavaScript();
    expect(closed).toEqual({ postbackUrl: secret("https://a.example/?token=t0ken"), other: 1 });
  });
});
