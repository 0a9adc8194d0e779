import { expect, it } from "vitest";
import { activeIds, comesUp, isSettled } from "../promises/support";
import { findYamlHost } from "../support/cli";
import { acme, type Declared, declare } from "../support/declare";
import { failureOf, messagesOf } from "../support/failures";
import { type KillPoint, killedUp, whileItsAnswerIsUnderWay } from "../support/kill";
import { project } from "../support/places";
import { pluginFolder, writeYaml } from "../support/plugin";
import { readableState } from "../support/state";
import { once, preview, takeCalls } from "../support/steps";
import { openWorld, type World, withCli } from "../support/world";

const TOKEN = "s3cret-of-a-partner";

/** A postback of each kind, in a place of each kind. */
const EVERYTHING: Record<string, Declared> = {
  plain: acme(),
  secret: {
    ...acme({ offerId: 2, postbackUrl: `https://tracker.example/pb?cid=#s2#&security_token=${TOKEN}` }),
    secretUrl: true,
  },
  "partner/child": acme({ offerId: 3 }, { protect: true }),
  eu: { ...acme({ offerId: 4 }), provider: "europe" },
  "partner/eu-child": { ...acme({ offerId: 5 }), provider: "europe" },
  noted: acme({
    offerId: 6,
    postbackUrl: "http://tracker.example/postback?cid=#s2#",
    clickIdSlot: "s2",
    overlapUntil: "2099-12-31",
    suppress: { P12: "no TLS until March" },
  }),
};
const NAMES = Object.keys(EVERYTHING).map((key) => key.split("/").at(-1) ?? key);

const open = () =>
  openWorld({
    workDir: project("declared.ts"),
    plugin: pluginFolder(),
    config: { "cake:requestTimeout": { value: "10" }, "cake:listLag": { value: "1" } },
  });

type Door = "dynamic" | "plugin";

/** From now on the program declares its postbacks through this door. */
async function through({ stack }: World, door: Door): Promise<void> {
  await stack.setConfig("postbacks:door", { value: door });
}

/** From now on the program is this one, in YAML, in a folder without `node_modules`. */
function declareInYaml({ stack }: World, postbacks: Readonly<Record<string, object>>): void {
  const resources = Object.entries(postbacks).map(([name, one]) => [
    name,
    { type: "cake:AffiliatePostback", ...one },
  ]);
  writeYaml(stack.workDir, { resources: Object.fromEntries(resources) });
}

const allOf = (op: string) => Object.fromEntries(NAMES.map((name) => [name, op]));

/** A refresh finds nothing that differs, and the state holds nothing of the other door, and no secret that can be read. */
async function isAtHome(world: World, theOthers: RegExp): Promise<void> {
  expect((await once(world, (stack) => stack.refresh())).did).toEqual({});
  const { resources = [] } = JSON.parse(await readableState(world.stack)) as { resources?: unknown[] };
  const texts = resources.map((one) => JSON.stringify(one));
  expect(texts.filter((text) => theOthers.test(text))).toEqual([]);
  // Beside the postbacks, a default provider holds the settings of the stack, in which this test has its program.
  expect(texts.filter((text) => text.includes(TOKEN) && text.includes("postbackId"))).toEqual([]);
}

const activeOffers = ({ cake }: World) =>
  cake.postbacks().flatMap(({ offerId, postbackStatus }) => (postbackStatus === "active" ? [offerId] : []));

withCli.concurrent("a stack that moves between the doors", () => {
  it("keeps every postback without a call to CAKE, there and back", async () => {
    await using world = await open();
    const { stack } = world;
    await comesUp(world, EVERYTHING);
    const before = world.cake.postbacks();

    await through(world, "plugin");
    expect((await preview(world)).result.changeSummary).toEqual({ create: 1, delete: 1, same: 8 });
    const there = await once(world, () => stack.up());
    expect(there).toMatchObject({ did: { europe: "delete" }, calls: {} });
    await isSettled(world);
    await isAtHome(world, /__provider|__urn|pulumi-nodejs/);

    await through(world, "dynamic");
    const back = await once(world, () => stack.up());
    expect(back).toMatchObject({ did: { ...allOf("update"), europe: "delete" }, calls: {} });
    await isSettled(world);
    await isAtHome(world, /cake:index:AffiliatePostback|providers:cake/);
    expect(world.cake.postbacks()).toEqual(before);
  });

  it.each<[Door, Door]>([
    ["dynamic", "plugin"],
    ["plugin", "dynamic"],
  ])("finishes through the other door a create that was killed through the %s one", async (one, other) => {
    await using world = await open();
    await declare(world, { acme: acme() });
    await through(world, one);
    const point: KillPoint = { ...whileItsAnswerIsUnderWay, target: "both" };
    await killedUp(world, point);
    expect(activeIds(world)).toHaveLength(1);
    takeCalls(world.cake);
    await through(world, other);
    await world.stack.up();
    expect(takeCalls(world.cake)).not.toHaveProperty("create");
    expect(activeIds(world)).toHaveLength(1);
  });

  it.runIf(findYamlHost())(
    "to YAML, without node_modules, loses no postback that the YAML forgot, and takes it when it is declared",
    async () => {
      await using world = await open();
      await comesUp(world, {
        plain: acme(),
        "partner/child": acme({ offerId: 2 }),
        gone: acme({ offerId: 3 }),
      });
      const before = activeIds(world);
      const child =
        "urn:pulumi:dev::postbacks::network:Partner$pulumi-nodejs:dynamic/cake:AffiliatePostback::child";
      const kept = {
        plain: { properties: acme().args },
        child: { properties: acme({ offerId: 2 }).args, options: { aliases: [child] } },
      };

      declareInYaml(world, kept);
      const error = await failureOf(world.stack.up());
      expect(messagesOf(error)).toMatch(/could not load provider .*AffiliatePostback::gone/);
      declareInYaml(world, { ...kept, gone: { properties: acme({ offerId: 3 }).args } });
      const moved = await once(world, (stack) => stack.up());
      expect(moved).toMatchObject({ did: { partner: "delete" }, calls: {} });
      expect(activeIds(world)).toEqual(before);

      declareInYaml(world, kept);
      expect((await once(world, (stack) => stack.up())).did).toEqual({ gone: "delete" });
      expect(activeOffers(world).sort()).toEqual([12345, 2].sort());
    },
  );
});
