import { expect, it } from "vitest";
import { pluginFolder, writeYaml, yamlProject } from "./support/plugin";
import { once, preview, twice, writing } from "./support/steps";
import { openWorld, withYaml } from "./support/world";

const postback = (postbackUrl: string, options = {}) => ({
  resources: {
    acme: {
      type: "cake:AffiliatePostback",
      properties: { affiliateId: 67890, offerId: 12345, postbackUrl },
      options,
    },
  },
});
const URL = "https://tracker.example/postback?cid=#s2#";

withYaml("a program in YAML", () => {
  it("declares, changes and removes a postback with the plugin of the PATH", async () => {
    const workDir = yamlProject(postback(URL));
    await using world = await openWorld({ workDir, plugin: pluginFolder() });
    const { stack, cake } = world;
    expect((await preview(world)).did).toEqual({ acme: "create" });
    expect((await twice(world, () => stack.up())).calls).toEqual(writing({ create: 1 }));
    writeYaml(workDir, postback(`${URL}&payout=#price#`));
    expect((await once(world, () => stack.up())).did).toEqual({ acme: "update" });
    expect(cake.postbacks()).toMatchObject([{ postbackUrl: `${URL}&payout=#price#` }]);
    expect((await once(world, () => stack.destroy())).did).toEqual({ acme: "delete" });
    expect(cake.postbacks()).toMatchObject([{ postbackStatus: "inactive" }]);
    expect(await stack.hostsAreGone(5_000)).toBe(true);
  });

  it("finds the plugin in the folder that its packages name", async () => {
    const workDir = yamlProject({ packages: { cake: pluginFolder() }, ...postback(URL) });
    await using world = await openWorld({ workDir });
    expect((await twice(world, () => world.stack.up())).did).toEqual({ acme: "create" });
  });
});
