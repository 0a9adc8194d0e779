import { expect, it } from "vitest";
import { parsePreview } from "../../provider/cli/input/preview";
import { acme, declare } from "./support/declare";
import { project } from "./support/places";
import { openWorld, type World, withCli } from "./support/world";

const URL = "https://tracker.example/postback?cid=#s2#";

withCli("the JSON of the Pulumi CLI", () => {
  const retained = { retainOnDelete: true };

  async function previewed({ stack }: World, args: readonly string[]) {
    return parsePreview(await stack.command([...args, "--json", "--non-interactive"]));
  }

  const told = ({ steps }: Awaited<ReturnType<typeof previewed>>) =>
    steps.map(({ kind, name, keptActiveBy = "" }) => `${kind} ${name} ${keptActiveBy}`.trim()).sort();

  const active = ({ cake }: World) =>
    cake
      .postbacks()
      .filter(({ postbackStatus }) => postbackStatus === "active")
      .map(({ offerId }) => offerId)
      .sort();

  it("is understood for each operation, and says what stays active", { timeout: 180_000 }, async () => {
    await using world = await openWorld({ workDir: project("declared.ts") });
    const { stack, cake } = world;
    const all = {
      gone: acme({ offerId: 1 }),
      kept: acme({ offerId: 2 }, retained),
      moved: acme({ offerId: 3 }, retained),
      edited: acme({ offerId: 4 }),
    };
    await declare(world, all);
    await stack.up();

    const edited = cake.postbacks().find(({ offerId }) => offerId === 4)?.postbackId ?? 0;
    cake.edit(edited, { postbackUrl: `${URL}&v=2` });
    const refresh = await previewed(world, ["refresh", "--preview-only"]);
    expect(refresh.incomplete.join()).toMatch(/counted 1 resource to update.*lists 0/);
    const refreshed = await previewed(world, ["preview", "--refresh"]);
    expect(refreshed.incomplete).toEqual([]);
    expect(told(refreshed).filter((one) => !one.startsWith("refresh"))).toEqual(["update edited"]);

    cake.edit(edited, { postbackUrl: URL });

    await declare(world, { moved: acme({ offerId: 33 }, retained), edited: all.edited });
    for (const options of [[], ["--show-replacement-steps"], ["--show-sames"]]) {
      const change = await previewed(world, ["preview", ...options]);
      expect(change.incomplete).toEqual([]);
      expect(told(change).filter((one) => !one.startsWith("same"))).toEqual([
        "delete gone",
        "delete kept retainOnDelete",
        "replace moved retainOnDelete",
      ]);
    }
    // It prints its preview, and then one event a line.
    expect(told(await previewed(world, ["up", "--yes"]))).toContain("delete kept retainOnDelete");
    expect(active(world)).toEqual([2, 3, 33, 4]);

    const destroy = await previewed(world, ["destroy", "--yes"]);
    expect(destroy.incomplete).toEqual([]);
    expect(told(destroy)).toEqual(["delete edited", "delete moved retainOnDelete"]);
    expect(active(world)).toEqual([2, 3, 33]);
  });
});
