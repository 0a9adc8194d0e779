import { expect, it } from "vitest";
import { isLong } from "../long";
import { project } from "./support/places";
import { preview, twice, writing } from "./support/steps";
import { openWorld, withCli } from "./support/world";

withCli("PartnerPostbacks", () => {
  it.runIf(isLong)(
    "creates one for an offer that is added, and switches one off for an offer that is removed",
    async () => {
      await using world = await openWorld({ workDir: project("partner.ts") });
      const { stack, cake } = world;
      const offer = (offers: Record<string, number>) =>
        stack.setConfig("postbacks:offers", { value: JSON.stringify(offers) });
      const statuses = () =>
        Object.fromEntries(cake.postbacks().map(({ offerId, postbackStatus }) => [offerId, postbackStatus]));

      await offer({ summer: 12345, winter: 12346 });
      const first = await twice(world, () => stack.up());
      expect(first.did).toEqual({ acme: "create", "acme-12345": "create", "acme-12346": "create" });
      expect(first.calls).toEqual(writing({ create: 2 }));
      expect(cake.postbacks()[0]?.postbackUrl).toBe(
        "https://track.acme-media.example/postback?cid=#s2#&payout=#price#&txid=#leadid#",
      );

      await offer({ winter: 12346, spring: 12347, sommer: 12345 });
      expect((await preview(world)).did, "in another order, and one renamed").toEqual({
        "acme-12347": "create",
      });
      const added = await twice(world, () => stack.up());
      expect(added).toMatchObject({ did: { "acme-12347": "create" }, calls: writing({ create: 1 }) });
      expect(Object.keys(added.result.outputs.ids?.value as object).sort()).toEqual([
        "sommer",
        "spring",
        "winter",
      ]);

      await offer({ winter: 12346, spring: 12347 });
      const removed = await twice(world, () => stack.up());
      expect(removed).toMatchObject({ did: { "acme-12345": "delete" }, calls: writing({ update: 1 }) });
      expect(statuses()).toEqual({ 12345: "inactive", 12346: "active", 12347: "active" });
    },
  );
});
