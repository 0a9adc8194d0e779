import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  AffiliatePostback,
  PartnerPostbacks,
  type PartnerPostbacksArgs,
  Provider,
  trackers,
} from "../../../provider";
import { installHost, known, program, secretIn } from "./support";

const TYPE = "cake:index:PartnerPostbacks";
const postbackUrl = trackers.voluum({ domain: "track.acme-media.example" });
const args: PartnerPostbacksArgs = { affiliateId: 67890, offers: [12345, 12346], postbackUrl };

beforeEach(() => {
  installHost();
});

// A component tells its outputs when its postbacks are known, and must not tell them to the next program's mocks.
const settled = () => pulumi.runtime.disconnect();
afterEach(settled);

/** What a component registers, by the names of the resources. */
async function registered(declare: () => PartnerPostbacks) {
  const { registrations, sent } = await program();
  const component = declare();
  await sent(component);
  for (const postback of Object.values(component.postbacks)) await sent(postback);
  await settled();
  return Object.fromEntries(registrations.map((one) => [one.name, one]));
}

describe("PartnerPostbacks", () => {
  it("is a component with a postback for each offer, named after the offer", async () => {
    const all = await registered(() => new PartnerPostbacks("acme", args));
    expect(all.acme).toMatchObject({ type: TYPE, inputs: {} });
    for (const offerId of [12345, 12346]) {
      expect(all[`acme-${offerId}`]).toMatchObject({
        type: AffiliatePostback.__pulumiType,
        inputs: { affiliateId: 67890, offerId, postbackUrl },
      });
      expect(all[`acme-${offerId}`]?.inputs).not.toHaveProperty("offers");
    }
  });

  it("names and fills each the same, whatever the order, the names and the other offers", async () => {
    const list = await registered(() => new PartnerPostbacks("acme", args));
    const offers = { winter: 12346, spring: 12399, summer: 12345 };
    const record = await registered(() => new PartnerPostbacks("acme", { ...args, offers }));
    for (const name of ["acme-12345", "acme-12346"]) expect(record[name]).toEqual(list[name]);
    expect(Object.keys(record).sort()).toEqual(["acme", "acme-12345", "acme-12346", "acme-12399"]);
  });

  it("gives the postbacks by the names of their offers, or by the ids of a list", async () => {
    await program();
    const offers = { summer: 12345, winter: 12346 };
    const named = new PartnerPostbacks("named", { ...args, offers });
    expect(Object.keys(named.postbacks)).toEqual(["summer", "winter"]);
    const listed = new PartnerPostbacks("listed", args);
    expect(Object.keys(listed.postbacks)).toEqual(["12345", "12346"]);
    expect(await known(listed.postbacks["12346"]?.postbackId ?? pulumi.output(0))).toBe(8801);
  });

  it("hands everything else on to each postback, and keeps a secret", async () => {
    const all = await registered(
      () =>
        new PartnerPostbacks("acme", {
          ...args,
          ...{ postbackUrl: pulumi.secret(postbackUrl), postbackStatus: "inactive", postbackTypeId: 1 },
          ...{ suppress: { P12: "agreed" }, clickIdSlot: "s2", overlapUntil: "2026-12-31" },
        }),
    );
    for (const name of ["acme-12345", "acme-12346"]) {
      expect(all[name]?.inputs).toMatchObject({
        ...{ postbackStatus: "inactive", postbackTypeId: 1, suppress: { P12: "agreed" } },
        ...{ clickIdSlot: "s2", overlapUntil: "2026-12-31" },
      });
      expect(secretIn(all[name]?.inputs.postbackUrl)).toBe(postbackUrl);
    }
    expect(JSON.stringify(all.acme)).not.toContain("acme-media");
  });

  it.each(["provider", "providers"] as const)(
    "is the postbacks' parent, and hands its %s on",
    async (option) => {
      await program();
      const eu = new Provider(`eu-${option}`, { domain: "eu.example" });
      const opts = option === "provider" ? { provider: eu } : { providers: [eu] };
      const component = new PartnerPostbacks("acme", args, opts);
      const urn = await known(component.urn);
      for (const postback of Object.values(component.postbacks)) {
        expect(postback.getProvider(AffiliatePostback.__pulumiType)).toBe(eu);
        expect(await known(postback.urn)).toContain(`${urn.split("::")[2]}$`);
      }
    },
  );

  it("leaves its arguments as they are, and may have no offer", async () => {
    await program();
    const shared = Object.freeze({ ...args, offers: Object.freeze([12345]) });
    new PartnerPostbacks("one", shared);
    expect(Object.keys(new PartnerPostbacks("other", shared).postbacks)).toEqual(["12345"]);
    expect(new PartnerPostbacks("none", { ...args, offers: [] }).postbacks).toEqual({});
  });

  it.each<[offers: unknown, what: string]>([
    [[12345, 12346, 12345], "In acme, offers[2] is the offer 12345, which is already in the list."],
    [{ summer: 7, winter: 7 }, 'In acme, offers["winter"] is the offer 7, which is already in the list.'],
    [[1.5], "offers[0] must be a CAKE offer ID such as 12345, or 0 for all offers, found 1.5."],
    [[-1], "offers[0] must be a CAKE offer ID"],
    [{ summer: "12345" }, 'offers["summer"] must be a CAKE offer ID'],
    [[pulumi.output(12345)], "Use a number that is known when the program runs"],
  ])("declares nothing for what is no list of offers: %#", async (offers, what) => {
    const { registrations } = await program();
    const wrong = { ...args, offers } as PartnerPostbacksArgs;
    expect(() => new PartnerPostbacks("acme", wrong)).toThrow(what);
    expect(registrations).toEqual([]);
  });
});
