import { expect, it } from "vitest";
import { once, preview, reading, twice, writing } from "../support/steps";
import { withYaml } from "../support/world";
import { openYaml, postback, URL } from "./support";

const others = { affiliateId: 67891, offerId: 5, postbackTypeId: 2 };

withYaml("the life of a postback of the plugin", () => {
  it("is preview, up, drift, replacement and destroy, as of the dynamic door", async () => {
    const program = { resources: { acme: postback(), other: postback(others) } };
    await using world = await openYaml(program);
    const { stack, cake } = world;
    const all = () => cake.postbacks().map((one) => `${one.affiliateId} ${one.postbackStatus}`);

    expect((await preview(world)).did).toEqual({ acme: "create", other: "create" });
    expect((await twice(world, () => stack.up())).calls).toEqual(writing({ create: 2 }));

    const id = cake.postbacks().find(({ affiliateId }) => affiliateId === 67890)?.postbackId ?? 0;
    cake.edit(id, { postbackUrl: `${URL}&by=hand`, postbackStatus: "inactive" });
    const seen = await once(world, () => stack.refresh({ previewOnly: true }));
    expect(seen).toMatchObject({ did: { acme: "update" }, calls: reading() });
    expect((await twice(world, () => stack.refresh(), reading())).did).toEqual({ acme: "update" });
    const restored = await twice(world, () => stack.up({ diff: true }));
    expect(restored).toMatchObject({ did: { acme: "update" }, calls: writing({ update: 1 }) });
    expect(restored.result.stdout).toMatch(/- by *: "hand"/);
    expect(cake.postback(id)).toMatchObject({ postbackUrl: URL, postbackStatus: "active" });

    // Another affiliate is created first, another type last.
    world.declare({
      resources: {
        acme: postback({ affiliateId: 67892 }),
        other: postback({ ...others, postbackTypeId: 1 }),
      },
    });
    cake.forgetRequests();
    const replaced = await twice(world, () => stack.up({ preview: true }));
    expect(replaced.calls).toEqual(writing({ create: 2, update: 2 }));
    expect(all().sort()).toEqual(["67890 inactive", "67891 active", "67891 inactive", "67892 active"]);

    expect((await twice(world, () => stack.destroy())).calls).toEqual(writing({ update: 2 }));
    expect(all().filter((one) => one.endsWith(" active"))).toEqual([]);
    expect(await stack.hostsAreGone(5_000)).toBe(true);
  });
});
