import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isLong } from "../../long";
import { readableState } from "../support/state";
import { once, preview, reading, takeCalls, twice } from "../support/steps";
import { withYaml } from "../support/world";
import { documentedBlocks, openYaml, type Resources, TYPE, URL } from "./support";

const TOKEN = "canary-of-a-partner";
const server = { postbackStatus: "active", postbackType: "Server" };
const live = [
  { postbackId: 8801, affiliateId: 1, offerId: 5, postbackUrl: `${URL}&tag=a&tag=b`, ...server },
  {
    ...{ postbackId: 8802, affiliateId: 2, offerId: 5, postbackUrl: `${URL}&token=${TOKEN}` },
    ...{ ...server, postbackStatus: "inactive" },
  },
  {
    ...{ postbackId: 8803, affiliateId: 3, offerId: 0, postbackUrl: "https://t.example/in?cid={clickid}" },
    ...{ ...server, postbackType: "iFrame" },
  },
  {
    ...{ postbackId: 8804, affiliateId: 4, offerId: 5, ...server, postbackType: "Pixel" },
    postbackUrl: "http://t.example/in?x='a: b #c'&cid=#s2#",
  },
];
const open = (resources: Resources = {}) =>
  openYaml({ resources }, { instances: { cake: { postbacks: live } } });

withYaml("pulumi import", () => {
  it("takes one postback or many by their IDs, and the code that it prints changes nothing", async () => {
    await using world = await open();
    const { stack, cake } = world;
    takeCalls(cake);
    const printed = await stack.command(["import", TYPE, "theirs", "8801", "--yes", "--skip-preview"]);
    const one = printed.slice(printed.indexOf("\nresources:\n"));
    expect(documentedBlocks("yaml")[0], "as the docs show it").toBe(`${one.trim()}\n`);
    const [file, out] = [join(stack.workDir, "bulk.json"), join(stack.workDir, "code.yaml")];
    const resources = [8802, 8803, 8804].map((id) => ({ type: TYPE, name: `p${id}`, id: String(id) }));
    writeFileSync(file, JSON.stringify({ resources }));
    await stack.command(["import", "--file", file, "--out", out, "--yes", "--skip-preview"]);
    expect(takeCalls(cake)).not.toHaveProperty("update");
    expect(await readableState(stack)).not.toContain(TOKEN);
    const many = readFileSync(out, "utf8");
    expect(many, "the printed code, which the docs warn of").toContain(TOKEN);

    world.write(one + many.replace("resources:\n", ""));
    const shown = await preview(world);
    expect(shown.did).toEqual({});
    expect(shown.result.stdout).toContain("5 unchanged");
    expect((await twice(world, () => stack.up())).calls).toEqual({});
    expect(cake.postbacks()).toEqual(live);
  });

  it.runIf(isLong)("says why nothing was imported, and changes no state", async () => {
    await using world = await open();
    const { stack, cake } = world;
    const refusal = (id: string) =>
      stack.command(["import", TYPE, "nope", id, "--yes", "--skip-preview"]).catch(String);
    expect(await refusal("999")).toContain(`There is no postback 999 at ${cake.domain} that this API key`);
    expect(await refusal("67x")).toContain('"67x" is not the ID of a CAKE postback.');
    cake.behave({ totalRows: 500 });
    expect(await refusal("999")).toMatch(/Postback 999 was not found .* proves nothing: .*500 rows/);
    const fault = { kind: "status", status: 404 } as const;
    cake.injectFault({ on: "list", times: Number.POSITIVE_INFINITY, fault });
    expect(await refusal("8801")).toContain("Postback 8801 cannot be read.");
    expect(JSON.stringify(await stack.exportStack())).not.toContain(TYPE);
  });

  it("as an option with a wrong ID stops, and what it named can be taken out of the state", async () => {
    const [theirs] = live;
    const { offerId, postbackUrl } = theirs ?? {};
    const mine = (affiliateId: number) => ({
      mine: { type: TYPE, properties: { affiliateId, offerId, postbackUrl }, options: { import: "8801" } },
    });
    await using world = await open(mine(2));
    const { stack, cake } = world;
    takeCalls(cake);
    const refusal = (...options: string[]) => stack.command(["up", "--yes", ...options]).catch(String);
    expect(await refusal()).toContain("[import-differs]");
    expect(JSON.stringify(await stack.exportStack())).not.toContain(TYPE);
    const refused = await refusal("--skip-preview");
    expect(refused).toContain("[import-differs]");
    const [, named = ""] = /pulumi state delete ["']?(urn:[^\s"']+)/.exec(refused) ?? [];
    await stack.command(["state", "delete", named, "--yes"]);
    expect(JSON.stringify(await stack.exportStack())).not.toContain(TYPE);
    expect(takeCalls(cake)).not.toHaveProperty("update");
    expect(cake.postbacks()).toEqual(live);
  });

  it("is also an option of a resource, and get reads a postback that others manage", async () => {
    const [theirs] = live;
    const { affiliateId, offerId, postbackUrl } = theirs ?? {};
    await using world = await open({
      mine: { type: TYPE, properties: { affiliateId, offerId, postbackUrl }, options: { import: "8801" } },
      read: { type: TYPE, get: { id: "8802" } },
    });
    const { stack, cake } = world;
    expect((await once(world, () => stack.up())).did).toEqual({ mine: "import", read: "read" });
    const again = await once(world, () => stack.up());
    expect(again, "what others manage is read in each run").toMatchObject({
      did: { read: "read" },
      calls: reading(),
    });
    expect(await readableState(stack)).not.toContain(TOKEN);
    expect((await once(world, () => stack.destroy())).calls).toMatchObject({ update: 1 });
    expect(
      cake.postbacks().filter((row, index) => row.postbackStatus !== live[index]?.postbackStatus),
    ).toEqual([{ ...theirs, postbackStatus: "inactive" }]);
  });
});
