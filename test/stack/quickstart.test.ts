import { expect, it } from "vitest";
import { example } from "./support/places";
import { changesOf, preview, previewTwice, reading, twice, writing } from "./support/steps";
import { openWorld, withCli } from "./support/world";

const SUMMER = "acme-summer-sale";
const WINTER = "acme-winter-sale";

withCli("examples/quickstart", () => {
  it("declares, shows and repairs a change made by hand, and switches off; every step twice", async () => {
    await using world = await openWorld({ workDir: example("quickstart") });
    const { stack, cake } = world;
    const statuses = () => cake.postbacks().map(({ postbackStatus }) => postbackStatus);

    expect((await previewTwice(world)).did).toEqual({ [SUMMER]: "create", [WINTER]: "create" });

    const up = await twice(world, () => stack.up());
    expect(up.calls).toEqual(writing({ create: 2 }));
    const idOf = (offer: number) =>
      cake.postbacks().find(({ offerId }) => offerId === offer)?.postbackId ?? 0;
    expect(up.result.outputs.postbackIds?.value).toEqual([idOf(12345), idOf(12346)]);
    expect(statuses()).toEqual(["active", "active"]);

    const summer = cake.postback(idOf(12345));
    cake.edit(idOf(12345), {
      postbackUrl: "https://track.acme-media.example/postback?cid=#s3#&payout=#price#",
      postbackStatus: "inactive",
    });
    const refresh = await twice(world, () => stack.refresh(), reading());
    expect(refresh.did).toEqual({ [SUMMER]: "update" });
    expect(refresh.calls).toEqual(reading());

    const repair = await preview(world);
    expect(repair.did).toEqual({ [SUMMER]: "update" });
    expect(changesOf(repair, SUMMER)).toEqual([
      "postbackStatus: inactive → active",
      `postbackUrl: https://track.acme-media.example/postback?cid=#s3#&payout=#price# → ${summer?.postbackUrl}`,
      "urlParts.query.cid: #s3# → #s2#",
      "urlParts.query.txid: – → #leadid#",
    ]);
    expect(repair.result.stdout).toMatch(/~ cid +: "#s3#" => "#s2#"/);
    expect(repair.result.stdout).toMatch(/\+ txid *: "#leadid#"/);

    const repaired = await twice(world, () => stack.up());
    expect(repaired.calls).toEqual(writing({ update: 1 }));
    expect(cake.postback(idOf(12345))).toEqual(summer);

    const destroyed = await twice(world, () => stack.destroy());
    expect(destroyed.did).toEqual({ [SUMMER]: "delete", [WINTER]: "delete" });
    expect(destroyed.calls).toEqual(writing({ update: 2 }));
    expect(statuses()).toEqual(["inactive", "inactive"]);
  });
});
