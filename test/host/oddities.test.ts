import { describe, expect, it } from "vitest";
import { type Refusal, refusalOf } from "./support/failures";
import { type Folder, serializedOperation } from "./support/layouts";
import { inputs } from "./support/postbacks";
import { type Host, World } from "./support/world";

/** The text of an operation that does what the input `odd` names. */
function oneOf(operations: Readonly<Record<string, string>>): Folder {
  const cases = Object.entries(operations).map(([name, text]) => `${JSON.stringify(name)}: ${text}`);
  return serializedOperation(`(bag) => ({ ${cases.join(",\n")} })[bag.odd](bag)`);
}

/** Each kind of call once, at once. */
function refusals(host: Host, odd: string): Promise<Refusal[]> {
  const bag = inputs({ odd });
  const calls = [
    host.check({}, bag),
    host.diff("1", bag, bag),
    host.create(bag),
    host.read("1", bag),
    host.update("1", bag, bag),
    host.delete("1", bag),
  ];
  return Promise.all(calls.map(refusalOf));
}

const UNKNOWN = 2;

describe("a failure that nobody planned", () => {
  const ODDITIES = {
    "a text": `() => { throw "just a text"; }`,
    nothing: `() => { throw undefined; }`,
    null: `() => { throw null; }`,
    "a number": `() => { throw 404; }`,
    "a symbol": `() => { throw Symbol("odd"); }`,
    "an object with a code": `() => { throw { code: 404, message: "not an Error" }; }`,
    "an object without a text form": `() => { throw Object.create(null); }`,
    "an Error with a code and an id": `() => { throw Object.assign(new Error("odd"), { code: 404, id: "7" }); }`,
    "an Error without a stack": `() => { throw Object.assign(new Error("odd"), { stack: undefined }); }`,
    "a rejection": `async () => { await null; throw "just a text"; }`,
    "a result with a bigint": `() => ({ id: "7", outs: { id: 7n } })`,
    "a result that holds itself": `() => { const outs = {}; outs.self = outs; return { id: "7", outs }; }`,
    "a very long message": `() => { throw new Error("long ".repeat(100_000)); }`,
    "half a surrogate pair": `() => { throw new Error("odd \\ud83d"); }`,
    "a step into nothing": `function misstep(bag) { return bag.missing.member; }`,
  };

  it("is answered in every call as a bug of ours, whatever was thrown, and the process goes on", async () => {
    using folder = oneOf(ODDITIES);
    await using world = await World.open("dynamic");
    const host = await world.host({ env: { CAKE_HOST_FROM: folder.path } });

    for (const odd of Object.keys(ODDITIES)) {
      for (const { message, code, partial } of await refusals(host, odd)) {
        expect(message, odd).toMatch(/^This is a bug in pulumi-cake/);
        expect(message, odd).toContain("pulumi refresh");
        // A code of the thrown thing would pass for one of gRPC's, an id for a partial failure.
        expect(code, odd).toBe(UNKNOWN);
        expect(partial, odd).toBeUndefined();
      }
    }
    const [told] = await refusals(host, "a step into nothing");
    expect(told?.message).toMatch(/TypeError: .*'member'[\s\S]*at .*misstep/);
  });
});

describe("a failure that is planned", () => {
  const PLANNED = {
    long: `() => { throw new UnsafeOperationError(message("Long. ".repeat(20_000))); }`,
    "long when encoded": `() => { throw new UnsafeOperationError(message("漢".repeat(30_000))); }`,
    halved: `() => { throw new UnsafeOperationError(message("cut \\ud83d")); }`,
    control: `() => { throw new UnsafeOperationError(message("a\\nb\\u0000c")); }`,
    "long partial": `() => { throw new PartialFailure("7", { a: 1 }, message("Long. ".repeat(20_000))); }`,
    "encoded partial": `() => { throw new PartialFailure("7", { a: "b".repeat(19_000) }, message("漢".repeat(30_000))); }`,
    "halved partial": `() => { throw new PartialFailure("7", { a: 1 }, message("cut \\ud83d")); }`,
  };

  it("is answered in every call, however long its message and whatever is in it", async () => {
    using folder = oneOf(PLANNED);
    await using world = await World.open("dynamic");
    const host = await world.host({ env: { CAKE_HOST_FROM: folder.path } });
    const said = async (odd: string) =>
      new Set(
        (await refusals(host, odd)).map(({ message }) => message.replace(/ \[planned\]$/, "").slice(0, 12)),
      );

    expect(await said("long")).toEqual(new Set(["Long. Long. "]));
    expect(await said("long when encoded")).toEqual(new Set(["漢".repeat(12)]));
    expect(await said("halved")).toEqual(new Set(["cut \ufffd"]));
    expect(await said("control")).toEqual(new Set(["a\nb\0c"]));
  });

  it("is answered as a partial failure by create and update, with the provider in its properties", async () => {
    using folder = oneOf(PLANNED);
    await using world = await World.open("dynamic");
    const host = await world.host({ env: { CAKE_HOST_FROM: folder.path } });

    for (const [odd, reason] of [
      ["long partial", /^Long\. /],
      ["encoded partial", /^漢漢/],
      ["halved partial", /^cut \ufffd \[planned\]$/],
    ] as const) {
      const bag = inputs({ odd });
      for (const call of [host.create(bag), host.update("7", bag, bag)]) {
        const { partial } = await refusalOf(call);
        expect(partial?.id).toBe("7");
        expect(partial?.properties).toEqual({ a: expect.anything(), __provider: bag.__provider });
        expect(partial?.reasons).toEqual([expect.stringMatching(reason)]);
      }
    }
  });
});

describe("a result", () => {
  it("arrives without what JSON does not know", async () => {
    using folder = serializedOperation(
      `() => ({ id: "7", outs: { kept: 1, gone: undefined, list: [undefined], date: new Date(0), not: NaN } })`,
    );
    await using world = await World.open("dynamic");
    const host = await world.host({ env: { CAKE_HOST_FROM: folder.path } });
    const { __provider } = inputs();

    expect(await host.create(inputs())).toEqual({
      id: "7",
      outs: { kept: 1, list: [null], date: "1970-01-01T00:00:00.000Z", not: null, __provider },
    });
  });
});
