import { expect, it } from "vitest";
import { failureOf } from "../support/failures";
import { readableState } from "../support/state";
import { reading, takeCalls, twice } from "../support/steps";
import { withYaml } from "../support/world";
import { from, openYaml, URL } from "./support";

const TOKEN = "canary-of-a-partner";
const server = { postbackStatus: "active", postbackType: "Server" };
const postbacks = [
  { postbackId: 1, affiliateId: 1, offerId: 5, postbackUrl: `${URL}&token=${TOKEN}`, ...server },
  { postbackId: 2, affiliateId: 2, offerId: 5, postbackUrl: "https://theirs.example/in?cid=#s2#", ...server },
];
const invoke = (name: string, args: object, result?: string) => ({
  "fn::invoke": { function: `cake:index:${name}`, arguments: args, ...(result && { return: result }) },
});

withYaml("lookups of the plugin", () => {
  it("answer a program from one read of the list, keep a secret URL, and refuse what they do not know", async () => {
    const variables = {
      one: invoke("getAffiliatePostback", { postbackId: 1 }),
      many: invoke("getAffiliatePostbacks", { host: "theirs.example" }, "postbacks"),
    };
    const outputs = {
      hidden: from("one.postbackUrl"),
      affiliate: from("one.affiliateId"),
      many: from("many"),
    };
    await using world = await openYaml({ variables, outputs }, { instances: { cake: { postbacks } } });
    const { stack, cake } = world;
    const up = await twice(world, () => stack.up(), reading());
    expect(up.result.outputs).toMatchObject({
      hidden: { value: postbacks[0]?.postbackUrl, secret: true },
      affiliate: { value: 1 },
      many: { value: [{ postbackId: 2, affiliateId: 2 }] },
    });
    expect(await readableState(stack)).not.toContain(TOKEN);
    expect(up.result.stdout).not.toContain(TOKEN);

    const refused = async (name: string, args: object) => {
      world.declare({ variables: { one: invoke(name, args) }, outputs: { one: from("one") } });
      takeCalls(cake);
      const { stdout, stderr } = await failureOf(stack.preview());
      return stdout + stderr;
    };
    expect(await refused("getAffiliatePostback", { postbackId: 999 })).toContain(
      "There is no postback 999 at",
    );
    const unknown = await refused("getAffiliatePostbacks", { affiliateld: 1 });
    expect(unknown).toContain("affiliateld");
    expect(takeCalls(cake)).toEqual({});
  });
});
