import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { namesFor } from "./support";

const on = (postbackId: number, host: string, affiliateId = 2004, offerId = 314) => ({
  ...{ postbackId, affiliateId, offerId, postbackUrl: `https://${host}/postback?cid=#s2#` },
});
const named = (rows: ReturnType<typeof on>[], taken: string[] = [], given?: Map<number, string>) =>
  Object.fromEntries(namesFor(rows, new Set(taken), given).resources);

describe("the name of an adopted postback", () => {
  it.each([
    ["track.acme-media.example", "acme-media-314"],
    ["acme-media.example", "acme-media-314"],
    ["TRACK.Acme-Media.Example:8443", "acme-media-314"],
    ["acme.rdtk.io", "acme-314"],
    ["go.acme.voluumtrk.com", "acme-314"],
    ["t.acme.co.uk", "acme-314"],
    ["192.0.2.7", "affiliate-2004-314"],
    ["localhost", "affiliate-2004-314"],
    ["#s5#.example", "affiliate-2004-314"],
    ["xn--bcher-kva.example", "xn-bcher-kva-314"],
    ["", "affiliate-2004-314"],
  ])("on %s is %s", (host, name) => {
    expect(named([on(1, host)])).toEqual({ 1: name });
  });

  it("says that it is for all offers", () => {
    expect(named([on(1, "t.acme.example", 2004, 0)])).toEqual({ 1: "acme-all" });
  });

  it("is the same partner's for all of an affiliate's hosts", () => {
    const rows = [
      on(1, "t.acme.example"),
      on(2, "t.acme.example", 2004, 315),
      on(3, "new.zeta.example", 2004, 316),
    ];
    expect(named(rows)).toEqual({ 1: "acme-314", 2: "acme-315", 3: "acme-316" });
  });

  it("is what people call the partner, where they say so", () => {
    const given = new Map([[2004, "Café Überall, GmbH & Co. <script>"]]);
    expect(named([on(1, "t.acme.example")], [], given)).toEqual({ 1: "cafe-uberall-gmbh-co-script-314" });
  });

  it("tells two partners of one name by their ids", () => {
    expect(named([on(1, "a.acme.example"), on(2, "b.acme.example", 2005)])).toEqual({
      1: "acme-2004-314",
      2: "acme-2005-314",
    });
  });

  it("tells twins by the id of the record, and takes no name that is given already", () => {
    const rows = [on(1, "t.acme.example"), on(2, "t.acme.example")];
    expect(named(rows)).toEqual({ 1: "acme-314", 2: "acme-314-2" });
    expect(named(rows, ["acme-314", "acme-314-2"])).toEqual({ 1: "acme-314-1", 2: "acme-314-2-2" });
  });

  it("is the same, whatever else of what is live has its name already", () => {
    const live = [
      on(1, "a.acme.example"),
      on(2, "b.acme.example", 2005),
      on(3, "zeta.example", 2006),
      on(4, "t.beta.example", 2006, 315),
      on(5, "t.beta.example", 2006, 316),
    ];
    const { resources } = namesFor(live, new Set());
    expect([...resources.values()]).toEqual([
      "acme-2004-314",
      "acme-2005-314",
      "beta-314",
      "beta-315",
      "beta-316",
    ]);
    for (const one of live)
      expect(namesFor([one], new Set(), new Map(), live).resources.get(one.postbackId)).toBe(
        resources.get(one.postbackId),
      );
  });

  it("is one that a resource can have, once only, whatever the rows and their order are", () => {
    const host = fc.oneof(
      fc.constantFrom("a.acme.example", "acme.rdtk.io", "t.zeta.co.uk", "10.0.0.1", "é.example"),
      fc.string({ unit: "binary", maxLength: 40 }),
    );
    const rows = fc.uniqueArray(
      fc.record({
        postbackId: fc.integer({ min: 1, max: 50 }),
        affiliateId: fc.integer({ min: 1, max: 4 }),
        offerId: fc.integer({ min: 0, max: 3 }),
        postbackUrl: host.map((one) => `https://${one}/pb`),
      }),
      { selector: ({ postbackId }) => postbackId, maxLength: 20 },
    );
    const given = fc.dictionary(fc.constantFrom("1", "2", "3"), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(rows, given, (some, partners) => {
        const called = new Map(Object.entries(partners).map(([id, name]) => [Number(id), name]));
        const { resources } = namesFor(some, new Set(["acme-1"]), called);
        const names = [...resources.values()];
        expect(new Set(names).size).toBe(some.length);
        for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,59}$/);
        expect(names).not.toContain("acme-1");
        const turned = namesFor([...some].reverse(), new Set(["acme-1"]), called).resources;
        for (const [id, name] of resources) expect(turned.get(id)).toBe(name);
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});
