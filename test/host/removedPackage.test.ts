import { describe, expect, it } from "vitest";
import { refusalOf } from "./support/failures";
import { Folder } from "./support/layouts";
import { inputs, rows, stateOf } from "./support/postbacks";
import { REPOSITORY } from "./support/process";
import { World } from "./support/world";

function openWorld(): Promise<World> {
  return World.open("dynamic", { instances: { cake: { postbacks: rows(2) } } });
}

describe.concurrent("a project from which the package was removed", () => {
  it("fails every call with the name of what is missing, and calls nobody", async () => {
    await using world = await openWorld();
    using folder = new Folder();
    const host = await world.host({ cwd: folder.path });
    const saved = stateOf(world.cake, 1);

    for (const call of [
      host.check({}, inputs()),
      host.diff("1", saved, inputs()),
      host.create(inputs()),
      host.read("1", saved),
      host.update("1", saved, inputs()),
      host.delete("1", saved),
    ]) {
      expect((await refusalOf(call)).message).toContain("Cannot find module 'pulumi-cake/host'");
    }
    expect(world.cake.requests).toHaveLength(0);
  });

  it("refreshes and destroys with the package of another folder", async () => {
    await using world = await openWorld();
    const { cake } = world;
    using folder = new Folder();
    const host = await world.host({ cwd: folder.path, env: { CAKE_HOST_FROM: REPOSITORY } });
    const saved = stateOf(cake, 1);

    expect((await host.read("1", saved)).props).toEqual(saved);
    await host.delete("1", saved);
    expect(cake.postback(1)?.postbackStatus).toBe("inactive");
  });

  it("does not look in its own folder when another one is named", async () => {
    await using world = await openWorld();
    using folder = new Folder();
    const host = await world.host({ env: { CAKE_HOST_FROM: folder.path } });

    const { message } = await refusalOf(host.read("1", stateOf(world.cake, 1)));
    expect(message).toContain("Cannot find module 'pulumi-cake/host'");
  });

  it("goes on in the same process once the package is back", async () => {
    await using world = await openWorld();
    using folder = new Folder();
    const host = await world.host({ cwd: folder.path });
    await refusalOf(host.check({}, inputs()));

    folder.write("node_modules/pulumi-cake/host.js", `exports.check = (olds, inputs) => ({ inputs });`);
    expect((await host.check({}, inputs())).inputs).toEqual(inputs());
  });
});
