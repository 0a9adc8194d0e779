import { expect, it } from "vitest";
import { openWorld, withYaml } from "../support/world";

withYaml("a program in YAML", () => {
  it("creates a postback once, and changes nothing when it runs again", async () => {
    await using world = await openWorld({
      program: {
        resources: {
          theirs: {
            type: "cake:AffiliatePostback",
            properties: {
              affiliateId: 67890,
              offerId: 12345,
              postbackUrl: "https://tracker.acme.example/postback?cid=#s2#&payout=#price#",
            },
          },
        },
      },
    });
    const { stack, cake } = world;
    expect((await stack.up()).changeSummary).toMatchObject({ create: 2 });
    expect((await stack.up()).changeSummary).toEqual({ same: 2 });
    expect(cake.postbacks()).toHaveLength(1);
  });
});
