import { describe, expect, it } from "vitest";
import { DOORS, inBothDoors } from "./support/doors";
import { refusalOf } from "./support/failures";
import { inputs, rows, stateOf, without } from "./support/postbacks";
import { World } from "./support/world";

describe.concurrent.each(DOORS)("%s door: ids", (door) => {
  const both = inBothDoors(door);

  it("that cannot be CAKE's are refused by read, without a call", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(1) } } });
    const host = await world.host();

    for (const id of ["", " ", "abc", "0", "-1", "1.5", "1e3", "0x1", "01", "1 ", "9".repeat(17)]) {
      const { message } = await refusalOf(host.read(id, stateOf(world.cake, 1)));
      expect(message).toContain(`${JSON.stringify(id)} is not the ID`);
      expect(message).toContain("[not-an-id]");
    }
    expect(world.cake.requests).toHaveLength(0);
  });

  both(
    "are texts for Pulumi and numbers in the outputs, also where CAKE answers numbers as texts",
    async () => {
      await using world = await World.open(door);
      const { cake } = world;
      cake.behave({ ids: "string" });
      const host = await world.host();

      const { id, outs } = await host.create(inputs());
      expect(id).toBe(String(cake.lastId));
      expect(outs).toEqual(stateOf(cake, cake.lastId));
      const next = await world.host();
      expect(await next.read(id, outs)).toEqual({ id, props: outs, inputs: inputs() });
      await next.delete(id, outs);
      expect(cake.postback(cake.lastId)?.postbackStatus).toBe("inactive");
    },
  );

  it("of a postback that is not in the state are looked up, and refused where there is none", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(2) } } });
    const { cake } = world;
    const host = await world.host();
    const asked = { __provider: inputs().__provider };

    const { id, props } = await host.read("2", asked);
    expect(id).toBe("2");
    expect(props).toEqual(without(stateOf(cake, 2), "__urn"));
    expect((await refusalOf(host.read("3", asked))).message).toContain("[postback-not-found]");
  });
});

describe.concurrent.each(DOORS)("%s door: inputs", (door) => {
  const both = inBothDoors(door);

  both("that are null or left out get their defaults or are missed, all at once", async () => {
    await using world = await World.open(door);
    const host = await world.host();
    const { __provider } = inputs();

    const nulls = { postbackStatus: null, postbackTypeId: null, adopt: null };
    expect(await host.check({}, inputs(nulls))).toEqual({ inputs: inputs(), failures: [] });
    for (const news of [
      { __provider },
      { __provider, affiliateId: null, offerId: null, postbackUrl: null, urlParts: null },
    ]) {
      const { failures } = await host.check({}, news);
      expect(failures.map(({ reason }) => /^The argument (\w+) is missing\./.exec(reason)?.[1])).toEqual([
        "affiliateId",
        "offerId",
        "postbackUrl",
      ]);
    }
  });

  it("of every wrong type are failures without a property, whose value the engine would print", async () => {
    await using world = await World.open(door);
    const host = await world.host();

    for (const wrong of [true, [], {}, "", "x", -1, 1.5, 1e300]) {
      const news = inputs({
        affiliateId: wrong,
        offerId: wrong,
        postbackStatus: wrong,
        postbackTypeId: wrong,
        adopt: wrong,
      });
      const { failures } = await host.check({}, { ...news, postbackUrl: wrong });
      expect(failures).toHaveLength(6);
      for (const { property } of failures) expect(property).toBe("");
    }
  });

  it("may hold every name and every character in a URL", async () => {
    await using world = await World.open(door);
    const { cake } = world;
    const host = await world.host({ settings: { "cake:endpoints": "documented" } });
    const urls = [
      "https://t.example/?__proto__=1&constructor=2&hasOwnProperty=3&toString",
      "https://t.example/?a=1&a=2&a=&=&&==",
      "https://t.example/#frag?not=query",
      "https://t.example/?umlaut=ä&cjk=漢&emoji=😀&quote=\"'<>`\\",
      "https://#s1#.example/#s2#?x=#s3##s4#&payout=%20+%2B",
    ];

    for (const [index, postbackUrl] of urls.entries()) {
      const declared = inputs({ affiliateId: index + 1, postbackUrl });
      const { inputs: checked } = await host.check({}, declared);
      const { id, outs } = await host.create(checked);
      expect(cake.postback(Number(id))?.postbackUrl).toBe(postbackUrl);
      expect(outs.postbackUrl).toBe(postbackUrl);
      expect((await host.diff(id, outs, checked)).changes).toBe(false);
    }
  });
});
