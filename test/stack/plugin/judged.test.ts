import { expect, it } from "vitest";
import { failureOf, messagesOf } from "../support/failures";
import { once, takeCalls } from "../support/steps";
import { withYaml } from "../support/world";
import { from, openYaml, postback, URL } from "./support";

const TOKEN = "canary-of-a-partner";
const P16 = 'P16 plain-secret: parameter "token"';

withYaml("what the plugin judges", () => {
  it("is every problem at once, a finding at its resource, and a plain secret as the project says", async () => {
    const wrong = {
      ...{ affiliateId: -1, offerId: 1.5, suppress: { P99: "" } },
      postbackUrl: "t.example/pb?cid={clickid}",
    };
    await using world = await openYaml({ resources: { wrong: postback(wrong) } });
    const { stack, cake } = world;
    const { failed } = await failureOf(stack.preview());
    const found = failed.map(({ message }) => /The argument (\w+) /.exec(message)?.[1]);
    expect(found.sort()).toEqual(["affiliateId", "offerId", "postbackUrl", "suppress"]);
    expect(takeCalls(cake)).toEqual({});

    const postbackUrl = `${URL}&token=${TOKEN}`;
    world.declare({ resources: { warned: postback({ postbackUrl }) } });
    const { stdout } = (await once(world, () => stack.up())).result;
    expect(stdout).toContain(`\n  cake:index:AffiliatePostback (warned):\n    warning: ${P16}`);

    await stack.setConfig("cake:rules", { value: JSON.stringify({ severity: { P16: "error" } }) });
    expect(messagesOf(await failureOf(stack.preview()))).toContain(`has a problem: ${P16}`);
    world.declare({ resources: { warned: postback({ postbackUrl: { "fn::secret": postbackUrl } }) } });
    const hidden = await once(world, () => stack.up());
    expect(hidden).toMatchObject({ did: {}, calls: {} });
    expect(hidden.result.stdout).not.toContain("P16");

    for (const more of [{}, { deleteBeforeReplace: true }]) {
      const options = { replaceOnChanges: ["postbackUrl"], ...more };
      world.declare({ resources: { warned: postback({ postbackUrl: `${URL}&new=1` }, options) } });
      expect(messagesOf(await failureOf(stack.up()))).toContain("[replaced-in-vain]");
    }
    expect(cake.postbacks()).toMatchObject([{ postbackStatus: "active", postbackUrl }]);
    expect(takeCalls(cake)).toEqual({});
  });

  it("is a postback that goes with another one, which the engine would make twice", async () => {
    const program = (affiliateId: number) => ({
      resources: {
        owner: postback({ affiliateId }),
        owned: postback({ affiliateId: 2 }, { deletedWith: from("owner") }),
      },
    });
    await using world = await openYaml(program(1));
    const { stack, cake } = world;
    await stack.up();
    world.declare(program(3));
    expect(messagesOf(await failureOf(stack.up()))).toContain("[equal-postback-is-live]");
    expect(cake.postbacks().filter(({ affiliateId }) => affiliateId === 2)).toHaveLength(1);
  });
});
