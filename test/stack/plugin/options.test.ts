import { expect, it } from "vitest";
import { isLong } from "../../long";
import { failureOf, messagesOf } from "../support/failures";
import { killedUp, whileItsAnswerIsUnderWay } from "../support/kill";
import { once, takeCalls, twice } from "../support/steps";
import { withYaml } from "../support/world";
import { from, openYaml, postback, TYPE, URL } from "./support";

const NEW_URL = `${URL}&new=1`;
const of = (affiliateId: number, options: object = {}, postbackUrl = URL) =>
  postback({ affiliateId, postbackUrl }, options);

withYaml("options of resources of the plugin", () => {
  it.runIf(isLong)("are ignoreChanges, aliases, protect, retainOnDelete and deletedWith", async () => {
    const before = {
      ignoring: of(1),
      old: of(3),
      kept: of(4, { protect: true }),
      retained: of(5, { retainOnDelete: true }),
      owner: of(6),
      owned: of(7, { deletedWith: from("owner") }),
    };
    await using world = await openYaml({ resources: before });
    const { stack, cake } = world;
    await stack.up();
    const statusOf = (affiliate: number) =>
      cake
        .postbacks()
        .filter(({ affiliateId }) => affiliateId === affiliate)
        .map(({ postbackStatus }) => postbackStatus);
    world.declare({
      resources: {
        ignoring: of(1, { ignoreChanges: ["postbackUrl"] }, NEW_URL),
        renamed: of(3, { aliases: [`urn:pulumi:dev::postbacks::${TYPE}::old`] }),
        kept: of(4, { protect: true }),
      },
    });
    const up = await twice(world, () => stack.up());
    expect(up.did).toMatchObject({ retained: "delete", owner: "delete", owned: "delete" });
    const [ignoring] = cake.postbacks().filter(({ affiliateId }) => affiliateId === 1);
    expect(ignoring?.postbackUrl).toBe(URL);
    expect([3, 4, 5, 6, 7].map(statusOf)).toEqual([
      ["active"],
      ["active"],
      ["active"],
      ["inactive"],
      ["active"],
    ]);

    world.declare({ resources: { kept: of(4, {}, NEW_URL), renamed: of(3, {}, NEW_URL) } });
    takeCalls(cake);
    const targeted = await once(world, () => stack.up({ target: ["**::kept"] }));
    expect(targeted).toMatchObject({ did: { kept: "update" }, calls: { update: 1 } });
    world.declare({ resources: { kept: of(4, { protect: true }) } });
    await stack.up({ target: ["**::kept"] });
    expect(messagesOf(await failureOf(stack.destroy()))).toContain("protected");
    expect(statusOf(4)).toEqual(["active"]);
  });
});

withYaml("a run of the plugin that is killed in a create", () => {
  it.runIf(isLong)("leaves no process, and the next one takes the postback over", async () => {
    const config = { "cake:requestTimeout": { value: "10" }, "cake:listLag": { value: "1" } };
    await using world = await openYaml({ resources: { acme: of(67890) } }, { config });
    const { stack, cake } = world;
    cake.add({ affiliateId: 2004, offerId: 5, postbackUrl: URL });
    await killedUp(world, whileItsAnswerIsUnderWay);
    takeCalls(cake);
    expect((await once(world, () => stack.up())).calls).not.toHaveProperty("create");
    expect(cake.postbacks()).toHaveLength(2);
    expect(await once(world, () => stack.up())).toMatchObject({ did: {}, calls: {} });
  });
});
