import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, it } from "vitest";
import { CakeError } from "../../../provider/cake/errors";
import { PartialFailure, UnsafeOperationError } from "../../../provider/lifecycle/errors";
import { serializeErrors } from "../../../provider/lifecycle/serializeErrors";
import { notice } from "../../../provider/message";
import { SettingsError } from "../../../provider/settings/settingsError";
import { failure } from "./support";

type Plain = Record<string, JavaScriptValue>;

// Measured with the process that Pulumi runs: 65.1 kB arrive, and from 66 kB on nothing does.
const HANGS_FROM = 65_000;
const SHELL = "exports.handler = …";
const bag = { __provider: SHELL };
const of = (result: unknown) => serializeErrors(bag, () => result);
const thrown = (error: unknown) =>
  failure(
    serializeErrors(bag, () => {
      throw error;
    }),
  );

describe("a result", () => {
  it.each([
    ["nothing, as a delete has it", undefined, undefined],
    ["undefined in an object", { a: undefined, b: { c: undefined, d: 1 } }, { b: { d: 1 } }],
    ["undefined in a list", { a: [1, undefined] }, { a: [1, null] }],
    ["what is no number", { a: Number.NaN, b: Number.POSITIVE_INFINITY }, { a: null, b: null }],
    ["a date", { a: new Date(0) }, { a: "1970-01-01T00:00:00.000Z" }],
    ["a map", { a: new Map([[1, 2]]) }, { a: {} }],
    ["a function", { a: () => 1, b: 2 }, { b: 2 }],
    [
      "an object of a class",
      {
        a: new (class X {
          b = 1;
        })(),
      },
      { a: { b: 1 } },
    ],
  ])("is made plain: %s", async (_, result, plain) => {
    expect(await of(result)).toEqual(plain);
  });

  it("is a copy: what is kept of it afterwards changes nothing", async () => {
    const result = { a: { b: 1 } };
    const given = await of(result);
    result.a.b = 2;
    expect(given).toEqual({ a: { b: 1 } });
  });

  it("may come late", async () => {
    expect(await serializeErrors(bag, async () => ({ a: 1 }))).toEqual({ a: 1 });
  });

  it.each([
    ["a number without end", { a: 1n }],
    [
      "a circle",
      Object.assign({} as { self?: unknown }, {
        get self() {
          return this;
        },
      }),
    ],
  ])("that cannot be made plain is a failure like any other: %s", async (_, result) => {
    expect((await failure(of(result))).message).toContain("his is a bug in pulumi-cake");
  });
});

describe("an error that is the user's to solve", () => {
  it.each([
    new CakeError("refused", "create", notice("cake-refused", "CAKE said no")),
    new SettingsError(notice("some-code", "No key is set.")),
    new UnsafeOperationError(notice("some-code", "It exists already.")),
  ])("is told without a stack: $name", async (error) => {
    const told = await thrown(error);
    expect(told.message).toBe(error.message);
    expect(told.stack).toBe("");
    expect(Object.keys(told).filter((key) => key !== "stack")).toEqual([]);
  });

  it("comes from an operation that fails late, too", async () => {
    const told = await failure(
      serializeErrors(bag, () => Promise.reject(new UnsafeOperationError(notice("some-code", "late")))),
    );
    expect(told.message).toBe("late [some-code]");
  });
});

describe("anything else that is thrown", () => {
  it.each([
    ["a text", "just a text", "just a text"],
    ["undefined", undefined, "undefined"],
    ["null", null, "Null"],
    ["a number", 404, "404"],
    ["a symbol", Symbol("odd"), "Symbol(odd)"],
    ["an object without a text form", Object.create(null), "bject"],
    ["an object", { a: 1 }, "bject"],
    ["an Error", new TypeError("x is not a function"), "x is not a function"],
    [
      "an Error with a numeric code, which would become a gRPC status",
      Object.assign(new Error("no"), { code: 404 }),
      "no",
    ],
  ])("is an Error that asks for a report: %s", async (_, odd, words) => {
    const told = await thrown(odd);
    expect(told).toBeInstanceOf(Error);
    expect(told.message).toContain("his is a bug in pulumi-cake");
    expect(told.message).toContain(words);
    expect(told.stack).toBe("");
    expect("code" in told).toBe(false);
    expect("id" in told).toBe(false);
  });
});

it("searches for secrets what nobody wrote for users", async () => {
  const hide = (text: string) => text.replaceAll("key-4711", "***");
  const operation = () => Promise.reject(new TypeError("Invalid URL: key-4711"));
  const told = await failure(serializeErrors(bag, operation, hide));
  expect(told.message).toContain("Invalid URL: ***");
  expect(told.message).not.toContain("key-4711");
});

describe("a partial failure", () => {
  const properties = { postbackId: 8801, postbackUrl: "https://t.example/", none: undefined };
  const partial = (changes: object = {}, message = "Not as declared") =>
    thrown(new PartialFailure("8801", { ...properties, ...changes }, notice("some-code", message)));

  it("keeps id and properties, with the provider that the process does not add", async () => {
    expect(await partial()).toMatchObject({
      message: "Not as declared [some-code]",
      id: "8801",
      properties: { postbackId: 8801, postbackUrl: "https://t.example/", __provider: SHELL },
      reasons: ["Not as declared [some-code]"],
    });
  });

  it("holds nothing that is undefined", async () => {
    const { properties: kept } = (await partial()) as unknown as { properties: object };
    expect("none" in kept).toBe(false);
  });

  it("leaves the parts of the URL out where they make it too large: refresh brings them back", async () => {
    const told = await partial({ urlParts: { query: { a: "x".repeat(40_000) } } });
    expect(told).toMatchObject({ id: "8801", properties: { postbackId: 8801, __provider: SHELL } });
    expect((told as unknown as { properties: object }).properties).not.toHaveProperty("urlParts");
  });

  it("is an ordinary error that says how to go on where even that is too large", async () => {
    const told = await partial({ postbackUrl: `https://t.example/${"x".repeat(40_000)}` });
    expect(told.message).toContain("set adopt.postbackId to 8801");
    expect(told.message).toContain("Not as declared");
    expect("id" in told).toBe(false);
  });

  // gRPC sends the message percent-encoded, and again in base64 with reasons and properties, all in one trailer.
  const trailerOf = (told: Error) => {
    const { properties: kept, reasons } = told as unknown as { properties: Plain; reasons: string[] };
    const texts = Buffer.byteLength(told.message) + Buffer.byteLength(reasons.join(""));
    const details = Struct.fromJavaScript(kept).serializeBinary().length + texts;
    return encodeURIComponent(told.message).length + (details * 4) / 3;
  };

  it.each([
    ["letters", "x"],
    ["letters of three bytes", "字"],
    ["pairs", "🎂"],
  ])("stays below what hangs the call, however long its message: %s", async (_, letter) => {
    const told = await partial({}, letter.repeat(50_000));
    expect(trailerOf(told)).toBeLessThan(HANGS_FROM);
    expect(told.message).toMatch(new RegExp(`^${letter}+ …$`, "u"));
  });

  it.each([1, 5, 20])(
    "stays below it with many parameters, and keeps what it can: %i letters each",
    async (size) => {
      for (let count = 100; count < 3_000; count += 100) {
        const names = Array.from({ length: count }, (_, index) => index.toString(36).padStart(size, "p"));
        const query = Object.fromEntries(names.map((name) => [name, ["", "1"]]));
        const told = await partial({ urlParts: { query } }, "字".repeat(4_000));
        expect(trailerOf(told)).toBeLessThan(HANGS_FROM);
        expect(told).toMatchObject({ id: "8801", properties: { __provider: SHELL } });
      }
    },
  );
});
