import { expect, it } from "vitest";
import { example } from "./support/places";
import { preview, previewTwice, takeCalls, twice } from "./support/steps";
import { openWorld, type World, withCli } from "./support/world";

const ACME = "acme-us-summer-sale";
const NORDLICHT = "nordlicht-eu-summer-sale";

withCli("examples/two-instances", () => {
  /** A stack that knows only the two explicit instances: nothing may fall back to a third. */
  async function open(): Promise<World> {
    const world = await openWorld({
      workDir: example("two-instances"),
      instances: { us: {}, eu: {} },
      config: false,
    });
    for (const { name, url, apiKey } of world.sandbox.instances) {
      await world.stack.setConfig(`cake-two-instances:${name}Domain`, { value: url });
      await world.stack.setConfig(`cake-two-instances:${name}ApiKey`, { value: apiKey, secret: true });
    }
    return world;
  }

  it("brings each postback to its own instance, with that instance's key; every step twice", async () => {
    await using world = await open();
    const { stack, sandbox } = world;
    const [us, eu] = [sandbox.instance("us"), sandbox.instance("eu")];
    const created = { [ACME]: "create", [NORDLICHT]: "create", us: "create", eu: "create" };

    expect((await previewTwice(world)).did).toEqual(created);
    const up = await twice(world, () => stack.up());
    expect(up.did).toEqual(created);
    expect(up.calls).toEqual({ list: 4, create: 2 });
    expect(us.postbacks().map(({ affiliateId }) => affiliateId)).toEqual([67890]);
    expect(eu.postbacks().map(({ affiliateId }) => affiliateId)).toEqual([2004]);
    expect(up.result.outputs.domains?.value).toEqual({ acme: us.domain, nordlicht: eu.domain });

    eu.edit(eu.lastId, { postbackStatus: "inactive" });
    const refresh = await twice(world, () => stack.refresh(), { list: 2 });
    expect(refresh.did).toEqual({ [NORDLICHT]: "update" });
    expect((await preview(world)).did).toEqual({ [NORDLICHT]: "update" });
    await stack.up();
    expect(takeCalls(us)).toEqual({});
    expect(eu.postback(eu.lastId)?.postbackStatus).toBe("active");

    const destroyed = await twice(world, () => stack.destroy());
    expect(destroyed.calls).toEqual({ list: 4, update: 2 });
    expect([...us.postbacks(), ...eu.postbacks()].map(({ postbackStatus }) => postbackStatus)).toEqual([
      "inactive",
      "inactive",
    ]);
  });
});
