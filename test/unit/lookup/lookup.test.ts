import { type SandboxInstance, startSandbox } from "pulumi-cake/sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { holdsSecret, Lookups } from "../../../provider/lookup/lookup";
import type { Postback } from "../../../provider/postback/postback";

const URL_OF = "https://track.acme.example/postback?cid=#s2#";

function rowsOf(count: number): Postback[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ postbackId: 7000 + index, affiliateId: 100 + (index % 10), offerId: index % 3 },
    postbackUrl: index % 2 === 0 ? URL_OF : `https://Other.example:8443/pb?a=${index}`,
    ...{ postbackStatus: index % 5 === 0 ? "inactive" : "active", postbackType: "Server" },
  }));
}

async function openCake(postbacks: readonly Postback[]): Promise<SandboxInstance> {
  const sandbox = await startSandbox({ instances: { cake: { postbacks } } });
  onTestFinished(() => sandbox.close());
  return sandbox.instance();
}

const settingsOf = ({ url, apiKey }: SandboxInstance) => ({ "cake:domain": url, "cake:apiKey": apiKey });

describe("lookups of a program", () => {
  it("read an instance once, however many there are at a time, and never write", async () => {
    const cake = await openCake(rowsOf(1_200));
    const lookups = new Lookups();
    const settings = settingsOf(cake);
    const many = Array.from({ length: 20 }, (_, index) => lookups.one(settings, 7000 + index * 50));
    expect((await Promise.all(many)).map(({ postbackId }) => postbackId)[19]).toBe(7950);
    expect((await lookups.many(settings, {})).length).toBe(1_200);
    expect(cake.requests.map(({ operation }) => operation)).toEqual(["list", "list", "list"]);
    await new Lookups().one(settings, 7000);
    expect(cake.requests.length).toBeGreaterThan(3);
  });

  it("give a record with its parts, and what is derived from it", async () => {
    const cake = await openCake(rowsOf(2));
    expect(await new Lookups().one(settingsOf(cake), 7000)).toEqual({
      ...{ postbackId: 7000, affiliateId: 100, offerId: 0, postbackUrl: URL_OF },
      ...{ postbackStatus: "inactive", postbackType: "Server", postbackTypeId: 1, domain: cake.domain },
      urlParts: { host: "track.acme.example", path: "/postback", query: { cid: "#s2#" } },
    });
  });

  it("narrow by affiliate, offer, host and status, all of which must hold, in the order of the ids", async () => {
    const cake = await openCake([...rowsOf(60)].reverse());
    const lookups = new Lookups();
    const found = async (filter: Parameters<Lookups["many"]>[1]) =>
      (await lookups.many(settingsOf(cake), filter)).map(({ postbackId }) => postbackId);
    expect(await found({ affiliateId: 103 })).toEqual([7003, 7013, 7023, 7033, 7043, 7053]);
    expect(await found({ affiliateId: 103, offerId: 0 })).toEqual([7003, 7033]);
    expect(await found({ affiliateId: 100, status: "inactive", offerId: 1 })).toEqual([7010, 7040]);
    expect(await found({ host: "oTHER.example:8443", offerId: 0, affiliateId: 109 })).toEqual([7009, 7039]);
    expect(await found({ host: "nobody.example" })).toEqual([]);
  });

  it("say which record is not there, and where", async () => {
    const cake = await openCake(rowsOf(2));
    await expect(new Lookups().one(settingsOf(cake), 9)).rejects.toThrow(
      `There is no postback 9 at ${cake.domain} that this API key can see`,
    );
  });

  it("never take a listing that is not provably complete for all there is", async () => {
    const cake = await openCake(rowsOf(20));
    cake.behave({ totalRows: 21 });
    const lookups = new Lookups();
    await expect(lookups.many(settingsOf(cake), {})).rejects.toThrow("not provably complete");
    await expect(lookups.one(settingsOf(cake), 9)).rejects.toThrow("cannot be told");
    expect((await lookups.one(settingsOf(cake), 7001)).postbackId).toBe(7001);
  });

  it("take an empty list for no proof", async () => {
    const cake = await openCake([]);
    await expect(new Lookups().many(settingsOf(cake), {})).rejects.toThrow(
      "as it is for a key without rights",
    );
  });

  it("say so where CAKE has no list, or a setting is missing, and never show the key", async () => {
    const cake = await openCake(rowsOf(2));
    cake.behave({ list: "missing" });
    const failure = await new Lookups().many(settingsOf(cake), {}).catch((error: Error) => error.message);
    expect(failure).toContain("No postback can be looked up");
    expect(failure).not.toContain(cake.apiKey);
    await expect(new Lookups().many({ "cake:domain": cake.url }, {})).rejects.toThrow("No API key is set");
  });

  it("tell a URL that holds what a partner keeps secret", async () => {
    const [row] = rowsOf(1) as [Postback];
    const cake = await openCake([row, { ...row, postbackId: 7001, postbackUrl: `${URL_OF}&token=abc` }]);
    const found = await new Lookups().many(settingsOf(cake), {});
    expect(found.map(holdsSecret)).toEqual([false, true]);
  });
});
