import { describe, expect, it, vi } from "vitest";
import { Lookups } from "../../../provider/lookup/lookup";
import { callsOf, openCake, row, rowsOf, settingsOf, URL_OF } from "./support";

const messageOf = (failing: Promise<unknown>) =>
  failing.then(() => "It did not fail.").catch((error: Error) => error.message);

describe("lookups of a program", () => {
  it("read an instance once, however many there are at a time, and never write", async () => {
    const cake = await openCake(rowsOf(1_200));
    const lookups = new Lookups();
    const many = Array.from({ length: 20 }, (_, index) =>
      lookups.one(settingsOf(cake), { postbackId: 7000 + index * 50 }),
    );
    expect((await Promise.all(many)).at(-1)?.postbackId).toBe(7950);
    expect(await lookups.many(settingsOf(cake), {})).toHaveLength(1_200);
    expect(callsOf(cake)).toEqual(["list", "list", "list"]);
    await new Lookups().one(settingsOf(cake), { postbackId: 7000 });
    expect(callsOf(cake)).toHaveLength(6);
  });

  it("read 10,000 postbacks in 20 calls, and answer any number of lookups from them", async () => {
    const cake = await openCake(rowsOf(10_000));
    const lookups = new Lookups();
    await lookups.many(settingsOf(cake), { affiliateId: 100 });
    for (let postbackId = 7000; postbackId < 8000; postbackId++)
      await lookups.one(settingsOf(cake), { postbackId });
    expect(callsOf(cake)).toHaveLength(20);
  });

  it("read it once for two providers that mean the same instance with the same key, and not for another key", async () => {
    const cake = await openCake(rowsOf(2), "one-key");
    const lookups = new Lookups();
    const named = (name: string) => ({ ...settingsOf(cake), "cake:name": name, "cake:concurrency": "3" });
    await Promise.all([
      lookups.many(settingsOf(cake), {}),
      lookups.many(named("eu"), {}),
      lookups.one(named("us"), { postbackId: 7000 }),
    ]);
    expect(callsOf(cake)).toEqual(["list", "list"]);
    const other = lookups.many({ ...settingsOf(cake), "cake:apiKey": "another-key" }, {});
    expect(await messageOf(other)).toContain("does not accept the API key");
  });

  it("take the key of a named provider from its variable, which wins, and from no other", async () => {
    const cake = await openCake(rowsOf(2), "right-key");
    vi.stubEnv("CAKE_EU_API_KEY", "right-key");
    vi.stubEnv("CAKE_API_KEY", "of-another-instance");
    try {
      const settings = { "cake:domain": cake.url, "cake:apiKey": "old-key" };
      expect(await new Lookups().many({ ...settings, "cake:name": "eu" }, {})).toHaveLength(2);
      expect(await messageOf(new Lookups().many(settings, {}))).toContain("does not accept the API key");
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("give a record with its parts, and what is derived from it", async () => {
    const cake = await openCake([row(7000, { postbackStatus: "Pending Review" }), row(7001)]);
    cake.behave({
      answerRow: (one) => (one.postback_id === 7001 ? { ...one, postback_type: "Image" } : one),
    });
    const lookups = new Lookups();
    expect(await lookups.one(settingsOf(cake), { postbackId: 7000 })).toEqual({
      ...{ postbackId: 7000, affiliateId: 4, offerId: 7, postbackUrl: URL_OF },
      ...{ postbackStatus: "Pending Review", postbackType: "Server", postbackTypeId: 1, domain: cake.domain },
      urlParts: { host: "track.acme.example", path: "/postback", query: { cid: "#s2#" } },
    });
    const unnamed = await lookups.one(settingsOf(cake), { postbackId: 7001 });
    expect(unnamed.postbackType).toBe("Image");
    expect(unnamed).not.toHaveProperty("postbackTypeId");
  });

  it("narrow by affiliate, offer, host and status, all of which must hold, in the order of the ids", async () => {
    const cake = await openCake([...rowsOf(60)].reverse());
    const lookups = new Lookups();
    const found = async (filter: object) =>
      (await lookups.many(settingsOf(cake), filter)).map(({ postbackId }) => postbackId);
    expect(await found({ affiliateId: 103 })).toEqual([7003, 7013, 7023, 7033, 7043, 7053]);
    expect(await found({ affiliateId: 103, offerId: 0, host: undefined })).toEqual([7003, 7033]);
    expect(await found({ affiliateId: 100, status: "inactive", offerId: 1 })).toEqual([7010, 7040]);
    expect(await found({ host: "oTHER.example:8443", offerId: 0, affiliateId: 109 })).toEqual([7009, 7039]);
    expect(await found({ host: "nobody.example" })).toEqual([]);
    expect(cake.requests.flatMap(({ fields }) => Object.keys(fields))).not.toContain("affiliate_id");
  });
});

describe("a record that the list does not show", () => {
  it("is missing if the complete list and a read by its ID prove it", async () => {
    const cake = await openCake(rowsOf(2));
    expect(await messageOf(new Lookups().one(settingsOf(cake), { postbackId: 9 }))).toBe(
      `There is no postback 9 at ${cake.domain} that this API key can see. Nothing is returned. Check the ID and the instance. [lookup-not-found]`,
    );
    expect(callsOf(cake)).toEqual(["list", "list", "list"]);
  });

  it("is found by the read for it alone where it was made after the list was read", async () => {
    const cake = await openCake(rowsOf(2));
    const lookups = new Lookups();
    await lookups.many(settingsOf(cake), {});
    const made = cake.add({ affiliateId: 4, offerId: 7, postbackUrl: URL_OF });
    const found = await lookups.one(settingsOf(cake), { postbackId: made.postbackId });
    expect(found.postbackId).toBe(made.postbackId);
  });

  it.each([
    ["lacks rows", { totalRows: 21 }, "but 20 came"],
    ["is empty", { list: "empty" }, "the list is empty, as for a key without rights"],
  ] as const)("may be there all the same where the list %s", async (_, behaviour, why) => {
    const cake = await openCake(rowsOf(20));
    cake.behave(behaviour);
    const message = await messageOf(new Lookups().one(settingsOf(cake), { postbackId: 9 }));
    expect(message).toContain(`Whether postback 9 exists at ${cake.domain} is unknown`);
    expect(message).toContain(why);
  });
});

describe("a list that is not provably complete", () => {
  it.each([
    ["its count does not fit", { totalRows: 21 }, "the list says it has 21 rows, but 20 came"],
    ["it lacks rows at its end", { shortBy: 2 }, "the list says it has 20 rows, but 18 came"],
    ["it holds rows that cannot be read", { answerRow: () => ({ postback_id: "x" }) }, "cannot be read"],
    ["it is empty", { list: "empty" }, "the list is empty, as for a key without rights"],
  ] as const)("is never taken for all there is: %s", async (_, behaviour, why) => {
    const cake = await openCake(rowsOf(20));
    cake.behave(behaviour);
    const message = await messageOf(new Lookups().many(settingsOf(cake), { affiliateId: 100 }));
    expect(message).toContain(`The postbacks at ${cake.domain} cannot be looked up`);
    expect(message).toContain("may be incomplete");
    expect(message).toContain(why);
  });

  it("still answers the record that it does show", async () => {
    const cake = await openCake(rowsOf(20));
    cake.behave({ totalRows: 21 });
    const found = await new Lookups().one(settingsOf(cake), { postbackId: 7001 });
    expect(found.postbackId).toBe(7001);
  });
});

describe("a lookup that cannot be made says so", () => {
  it("where CAKE has no list, or must not be asked for one", async () => {
    const cake = await openCake(rowsOf(2));
    cake.behave({ list: "missing" });
    for (const settings of [settingsOf(cake), { ...settingsOf(cake), "cake:endpoints": "without-list" }]) {
      for (const failing of [
        new Lookups().many(settings, {}),
        new Lookups().one(settings, { postbackId: 1 }),
      ]) {
        const message = await messageOf(failing);
        expect(message).toContain(cake.domain);
        expect(message).toMatch(/cake:endpoints/);
      }
    }
  });

  it.each([
    ["cake:domain", "No CAKE instance is set."],
    ["cake:apiKey", "No API key is set."],
  ])("where %s is missing, and what a preview needs", async (name, what) => {
    const cake = await openCake(rowsOf(2));
    const message = await messageOf(new Lookups().many({ ...settingsOf(cake), [name]: undefined }, {}));
    expect(message).toContain(what);
    expect(message).toContain("also in a preview");
    expect(message).not.toMatch(/refresh|destroy/i);
    expect(cake.requests).toEqual([]);
  });

  it("and never shows the key", async () => {
    const key = "key-4711";
    const cake = await openCake(rowsOf(2), key);
    cake.behave({ answerRow: () => ({ postback_url: key }) });
    for (const changes of [
      {},
      { "cake:apiKey": `${key} with a blank` },
      { "cake:domain": `https://${key}@cake.example` },
      { "cake:proxy": `ftp://me:${key}@proxy.example` },
    ]) {
      const message = await messageOf(new Lookups().many({ ...settingsOf(cake), ...changes }, {}));
      expect(message).not.toContain("did not fail");
      expect(message).not.toContain(key);
    }
  });
});
