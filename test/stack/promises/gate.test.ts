import { expect, it } from "vitest";
import { acme } from "../support/declare";
import { failureOf } from "../support/failures";
import { once, takeCalls } from "../support/steps";
import { withCli } from "../support/world";
import { activeIds, BROKEN_URL, comesUp, isRefused, isSettled, made, open, previewed, URL } from "./support";

withCli.concurrent("rules and duplicates", () => {
  it.each([
    ["adopt", (id: number) => acme({ adopt: { postbackId: id } })],
    ["import", (id: number) => acme({}, { import: String(id) })],
  ])("judge a later edit although %s stays in the program", async (_name, adopted) => {
    await using world = await open();
    const id = made(world);
    const edited = (changes: Parameters<typeof acme>[0]) => {
      const { args, options } = adopted(id);
      return { acme: { args: { ...args, ...changes }, ...(options && { options }) } };
    };
    const first = await comesUp(world, edited({}));
    expect(first).toMatchObject({ did: { acme: "create" } });
    expect(first.calls).not.toHaveProperty("create");
    await isSettled(world);
    await isRefused(world, edited({ postbackUrl: BROKEN_URL }), previewed);
    await isRefused(world, edited({ postbackUrl: BROKEN_URL }));
    expect(world.cake.postback(id)?.postbackUrl).toBe(URL);
  });

  it("let a postback change type and affiliate although adopt stays in the program", async () => {
    await using world = await open();
    const adopt = { postbackId: made(world) };
    await comesUp(world, { acme: acme({ adopt }) });
    await comesUp(world, { acme: acme({ adopt, postbackTypeId: 3 }) });
    const [image] = activeIds(world);
    expect(activeIds(world)).toHaveLength(1);
    expect(world.cake.postback(image ?? 0)).toMatchObject({ postbackType: "Image" });
    await comesUp(world, { acme: acme({ adopt, postbackTypeId: 3, affiliateId: 67931 }) });
    const active = world.cake.postbacks().filter(({ postbackStatus }) => postbackStatus === "active");
    expect(active).toMatchObject([{ affiliateId: 67931, postbackType: "Image" }]);
    await isSettled(world);
  });

  it("let an adopted URL be as it is, and be put back after an edit by hand", async () => {
    await using world = await open();
    const id = made(world, { postbackUrl: BROKEN_URL });
    const other = "https://tracker.example/postback?cid={click_id}";
    await isRefused(world, { acme: acme({ postbackUrl: other, adopt: { postbackId: id } }) });
    expect(world.cake.postback(id)?.postbackUrl).toBe(BROKEN_URL);

    await comesUp(world, { acme: acme({ postbackUrl: BROKEN_URL, adopt: { postbackId: id } }) });
    world.cake.edit(id, { postbackUrl: URL });
    expect((await once(world, (stack) => stack.refresh())).did).toEqual({ acme: "update" });
    expect((await once(world, (stack) => stack.up())).did).toEqual({ acme: "update" });
    expect(world.cake.postback(id)?.postbackUrl).toBe(BROKEN_URL);
    await isSettled(world);
  });

  it("stop a plain-text secret where the project makes that an error, also one that a transform appends", async () => {
    await using world = await open({ "cake:rules": { value: '{"severity":{"P16":"error"}}' } });
    const postbackUrl = `${URL}&token=8f14e45fceea167a5a36dedd4bea2543`;
    expect(await isRefused(world, { acme: acme({ postbackUrl }) }, previewed)).toContain("P16");
    await world.stack.setConfig("postbacks:appended", { value: "&token=8f14e45fceea167a5a36dedd4bea2543" });
    expect(await isRefused(world, { acme: acme() }, previewed)).toContain("P16");
    await world.stack.removeConfig("postbacks:appended");
    await comesUp(world, { acme: { ...acme({ postbackUrl }), secretUrl: true } });
    expect(activeIds(world)).toHaveLength(1);
  });

  it("warn of a plain-text secret that a transform appends", async () => {
    await using world = await open({
      "postbacks:appended": { value: "&token=8f14e45fceea167a5a36dedd4bea2543" },
    });
    const { result } = await comesUp(world, { acme: acme() });
    expect(result.stdout + result.stderr).toContain("P16");
  });

  it("stop two declared postbacks that fire twice, in the preview, unless they may overlap", async () => {
    await using world = await open();
    const twin = { postbackUrl: "https://tracker.example/postback?cid=#s3#" };
    const text = await isRefused(world, { one: acme(), other: acme(twin) }, previewed);
    expect(text).toContain("P20");
    expect(takeCalls(world.cake)).toEqual({});
    const soon = new Date(Date.now() + 7 * 24 * 3_600_000).toISOString().slice(0, 10);
    await comesUp(world, { one: acme(), other: acme({ ...twin, overlapUntil: soon }) });
    expect(activeIds(world)).toHaveLength(2);
  });

  it("stop two equal postbacks of two components in the preview", async () => {
    await using world = await open();
    await isRefused(world, { "one/main": acme(), "other/main": acme() }, previewed);
    expect(takeCalls(world.cake)).toEqual({});
  });

  it("stop a create beside an active postback that would fire twice, and none beside an inactive one", async () => {
    await using world = await open();
    const theirs = made(world);
    const extra = { acme: acme({ postbackUrl: `${URL}&extra=1` }) };
    expect(await isRefused(world, extra)).toContain(String(theirs));
    expect(takeCalls(world.cake)).not.toHaveProperty("create");
    world.cake.edit(theirs, { postbackStatus: "inactive" });
    expect((await comesUp(world, extra)).calls).toHaveProperty("create", 1);
  });

  it("stop an update to a URL that fires twice beside an active postback", async () => {
    await using world = await open();
    const theirs = made(world, { postbackUrl: "https://other.example/postback?cid=#s2#" });
    await comesUp(world, { acme: acme() });
    const postbackUrl = "https://other.example/postback?cid=#s2#&extra=1";
    expect(await isRefused(world, { acme: acme({ postbackUrl }) })).toContain(String(theirs));
    expect(takeCalls(world.cake)).not.toHaveProperty("update");
  });
});

withCli.concurrent("limits", () => {
  it("stop too many replacements in the preview of up, before anything changes", async () => {
    await using world = await open({ "cake:maxDeactivations": { value: "2" } });
    const three = (affiliateId: number) =>
      Object.fromEntries([1, 2, 3].map((offerId) => [`offer-${offerId}`, acme({ affiliateId, offerId })]));
    await comesUp(world, three(67890));
    const before = world.cake.postbacks();
    await isRefused(world, three(67931), (stack) => stack.up({ preview: true }));
    expect(takeCalls(world.cake)).toEqual({});
    expect(world.cake.postbacks()).toEqual(before);
    await failureOf(world.stack.preview());
    world.stack.setEnv("CAKE_ALLOW_CHANGES", "3");
    await world.stack.up({ preview: true });
    expect(world.cake.postbacks().filter(({ postbackStatus }) => postbackStatus === "active")).toMatchObject(
      [1, 2, 3].map(() => ({ affiliateId: 67931 })),
    );
  });

  it("never refuse the delete of a replacement that was paid for", async () => {
    await using world = await open({ "cake:maxDeactivations": { value: "2" } });
    const two = (affiliateId: number) =>
      Object.fromEntries([1, 2].map((offerId) => [`offer-${offerId}`, acme({ affiliateId, offerId })]));
    await comesUp(world, two(67890));
    await comesUp(world, two(67931));
    expect(activeIds(world)).toHaveLength(2);
    await isSettled(world);
  });
});
