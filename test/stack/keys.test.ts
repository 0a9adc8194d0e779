import { expect, it } from "vitest";
import { isLong } from "../long";
import { acme, declaration } from "./support/declare";
import { failureOf, messagesOf } from "./support/failures";
import { project } from "./support/places";
import { once, preview, reading, takeCalls, twice, writing } from "./support/steps";
import { openWorld, withCli } from "./support/world";

const NEW_KEY = "the-new-key-of-this-quarter";

withCli.concurrent("API keys", () => {
  const openDeclared = (config = {}) =>
    openWorld({
      workDir: project("declared.ts"),
      config: { "postbacks:declared": declaration({ acme: acme() }), ...config },
    });

  it("a new key in the environment serves refresh and destroy, which else use the dead one of the state", async () => {
    await using world = await openDeclared();
    const { stack, cake } = world;
    await stack.up();
    cake.rotateKey(NEW_KEY);

    const refused = messagesOf(await failureOf(stack.refresh()));
    expect(refused).toContain("CAKE does not accept the API key");
    expect(refused).toContain("CAKE_API_KEY");

    stack.setEnv("CAKE_API_KEY", NEW_KEY);
    expect((await twice(world, () => stack.refresh(), reading())).calls).toEqual(reading());
    expect((await twice(world, () => stack.destroy())).calls).toEqual(writing({ update: 1 }));
    expect(cake.postback(cake.lastId)?.postbackStatus).toBe("inactive");
    expect(JSON.stringify(await stack.exportStack()), "an export, secrets shown").not.toContain(NEW_KEY);
  });

  it.runIf(isLong)(
    "a new key in the stack changes no postback and calls nobody; after it, refresh works again",
    async () => {
      await using world = await openDeclared();
      const { stack, cake } = world;
      await stack.up();
      cake.rotateKey(NEW_KEY);
      await stack.setConfig("cake:apiKey", { value: NEW_KEY, secret: true });

      const up = await twice(world, () => stack.up());
      expect({ did: up.did, calls: up.calls }).toEqual({ did: {}, calls: {} });
      expect((await once(world, () => stack.refresh())).did).toEqual({});
    },
  );

  it.runIf(isLong)("a new key of an explicit provider updates the provider only", async () => {
    await using world = await openWorld({ workDir: project("ownProvider.ts"), config: false });
    const { stack, cake } = world;
    await stack.setConfig("postbacks:domain", { value: cake.url });
    await stack.setConfig("postbacks:apiKey", { value: cake.apiKey, secret: true });
    await stack.up();
    cake.rotateKey(NEW_KEY);
    await stack.setConfig("postbacks:apiKey", { value: NEW_KEY, secret: true });

    expect((await preview(world)).did).toEqual({ eu: "update" });
    const up = await twice(world, () => stack.up());
    expect({ did: up.did, calls: up.calls }).toEqual({ did: { eu: "update" }, calls: {} });
    expect((await once(world, () => stack.refresh())).did).toEqual({});

    // Its own variable, and not the one of the stack's provider.
    cake.rotateKey("one-more-key");
    stack.setEnv("CAKE_API_KEY", "one-more-key");
    expect(messagesOf(await failureOf(stack.refresh()))).toContain("CAKE does not accept the API key");
    stack.setEnv("CAKE_EU_API_KEY", "one-more-key");
    expect((await once(world, () => stack.refresh())).did).toEqual({});
  });

  it("a preview needs no key, and an up without one says so before any call", async () => {
    await using world = await openDeclared();
    const { stack, cake } = world;
    await stack.removeConfig("cake:apiKey");

    expect((await preview(world)).did).toEqual({ acme: "create" });
    const messages = messagesOf(await failureOf(stack.up()));
    expect(messages).toContain("No API key is set");
    expect(messages).toContain("pulumi config set --secret cake:apiKey");
    expect(takeCalls(cake)).toEqual({});
  });
});
