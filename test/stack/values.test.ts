import { expect, it } from "vitest";
import { isLong } from "../long";
import { failureOf, messagesOf } from "./support/failures";
import { project } from "./support/places";
import { once, preview, takeCalls, twice, writing } from "./support/steps";
import { openWorld, withCli } from "./support/world";

withCli.concurrent("programs", () => {
  it("a URL that is known only after another create passes the preview", async () => {
    await using world = await openWorld({ workDir: project("unknownUrl.ts") });
    const { stack, cake } = world;
    expect((await preview(world)).did).toEqual({ first: "create", second: "create" });
    expect((await twice(world, () => stack.up())).calls).toEqual(writing({ create: 2 }));
    const [first, second] = cake.postbacks();
    expect(second?.postbackUrl).toBe(`https://tracker.example/postback?cid=#s2#&after=${first?.postbackId}`);
  });

  it("get reads a postback of somebody else, never changes it, and says when there is none", async () => {
    await using world = await openWorld({ workDir: project("existing.ts") });
    const { stack, cake } = world;
    const theirs = cake.add({
      affiliateId: 70000,
      offerId: 0,
      postbackUrl: "https://theirs.example/in?click=#s2#",
      postbackStatus: "inactive",
    });
    await stack.setConfig("postbacks:id", { value: String(theirs.postbackId) });

    const { outputs } = await stack.up();
    expect(Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]))).toEqual({
      id: String(theirs.postbackId),
      affiliateId: 70000,
      postbackUrl: theirs.postbackUrl,
      postbackStatus: "inactive",
      postbackType: "Server",
      urlParts: { host: "theirs.example", path: "/in", query: { click: "#s2#" } },
      domain: cake.domain,
    });
    expect(takeCalls(cake)).toEqual({ list: 1 });
    await stack.destroy();
    expect(cake.postbacks()).toEqual([theirs]);

    await stack.setConfig("postbacks:id", { value: "999999" });
    expect(messagesOf(await failureOf(stack.preview()))).toContain(
      `There is no postback 999999 at ${cake.domain}`,
    );
  });

  it.runIf(isLong)("a component hands its providers on to the postbacks inside", async () => {
    await using world = await openWorld({
      workDir: project("component.ts"),
      instances: { us: {}, eu: {} },
    });
    const { stack, sandbox } = world;
    const [us, eu] = [sandbox.instance("us"), sandbox.instance("eu")];
    await stack.setConfig("postbacks:euDomain", { value: eu.url });
    await stack.setConfig("postbacks:euApiKey", { value: eu.apiKey, secret: true });
    const created = { acme: "create", "acme-12345": "create", "acme-12346": "create", eu: "create" };
    expect((await preview(world)).did).toEqual(created);
    const up = await twice(world, () => stack.up());
    expect({ did: up.did, calls: up.calls }).toEqual({ did: created, calls: writing({ create: 2 }) });
    expect(us.postbacks()).toEqual([]);
    expect(
      eu
        .postbacks()
        .map(({ offerId }) => offerId)
        .sort(),
    ).toEqual([12345, 12346]);
  });

  it("one args object serves two resources, and stays as it was", async () => {
    await using world = await openWorld({ workDir: project("sharedArgs.ts") });
    const { stack, cake } = world;
    const { result } = await once(world, () => stack.up());
    expect(result.outputs.keys?.value).toEqual(["affiliateId", "offerId", "postbackUrl"]);
    expect(
      cake
        .postbacks()
        .map(({ offerId }) => offerId)
        .sort(),
    ).toEqual([12345, 12346]);
  });
});
