import { describe, expect, it } from "vitest";
import { provesAbsence } from "../../../provider/cake/readList";
import type { HttpOutcome } from "../../../provider/http/transport";
import { answer, clientAt, errorOf, KEY, scripted, startCake } from "./support";

const ORIGIN = "https://cake.example";

/** A campaign with the fields of soapy_cake's recorded answer, as far as they matter here. */
const row = (campaign_id: unknown, changes: object = {}) => ({
  campaign_id,
  third_party_name: "Max",
  affiliate: { affiliate_id: 9643, affiliate_name: "ad2games" },
  offer: { offer_id: 11390, offer_name: "Helge's Awesome Offer (DE CPO)" },
  original: true,
  account_status: { account_status_id: 1, account_status_name: "Active" },
  pixel_info: {
    ...{ pixel_status: "Approved", pixel_html: "<img>" },
    hash_type: { hash_type_id: 0, hash_type_name: "None" },
    ...{ postback_url: "http://example.com/postback", postback_delay_ms: null },
  },
  ...changes,
});
const pixel = (changes: object) => ({ pixel_info: { ...row(1).pixel_info, ...changes } });
const without = (name: string) => ({ [name]: undefined });

const read = {
  ...{ campaignId: 23602, affiliateId: 9643, offerId: 11390, accountStatus: "Active" },
  ...{ pixelStatus: "Approved", postbackUrl: "http://example.com/postback", postbackDelayMs: null },
};

const exported = (campaigns: readonly unknown[], more: object = {}) =>
  answer({ d: { success: true, row_count: campaigns.length, campaigns, ...more } });

/** A client of an export that answers as scripted. */
function on(...script: readonly HttpOutcome[]) {
  const network = scripted(...script);
  return { ...network, ...clientAt(ORIGIN, { transport: network.transport }) };
}

const ofOne = { affiliateId: 9643 };

describe("the question", () => {
  it("leaves no field out, and says 0 for what is not given", async () => {
    const { client, sent } = on(exported([]));
    await client.campaigns({ affiliateId: 5 });
    await client.campaigns({ offerId: 6 });
    const every = {
      ...{ api_key: KEY, campaign_id: 0, site_offer_id: 0, source_affiliate_id: 0, channel_id: 0 },
      ...{ account_status_id: 0, media_type_id: 0, start_at_row: 0, row_limit: 500 },
      ...{ sort_field: "campaign_id", sort_descending: "FALSE" },
    };
    expect(sent.map(({ body }) => JSON.parse(body ?? ""))).toEqual([
      { ...every, source_affiliate_id: 5 },
      { ...every, site_offer_id: 6 },
    ]);
  });

  it("is a POST whose address has no key", async () => {
    const { transport, sent } = scripted(exported([]));
    const { client } = clientAt(ORIGIN, { transport });
    await client.campaigns(ofOne);
    expect(sent.map(({ method, url }) => [method, url.pathname, url.search])).toEqual([
      ["POST", "/api/8/export.asmx/Campaigns", ""],
    ]);
  });
});

describe("a campaign", () => {
  it.each([
    ["as a recorded answer has it", row(23602)],
    [
      "with numbers as texts",
      row("23602", { affiliate: { affiliate_id: "9643" }, offer: { offer_id: "11390" } }),
    ],
    [
      "with the names of version 8",
      row(23602, {
        ...{ ...without("affiliate"), ...without("offer") },
        ...{ source_affiliate: { source_affiliate_id: 9643 }, site_offer: { site_offer_id: 11390 } },
      }),
    ],
    ["with more than is known", row(23602, { payouts: [1], more: { deep: true } })],
  ])("is read %s", async (_, given) => {
    expect(await on(exported([given])).client.campaigns(ofOne)).toEqual({
      ...{ campaigns: [read], answered: 1, unreadable: 0, completenessIssues: [] },
    });
  });

  it("keeps its URL byte for byte, and its delay", async () => {
    const postback_url = " https://t.example/pb?cid=#s2#&amp;x=%20#price#";
    const { client } = on(exported([row(1, pixel({ postback_url, postback_delay_ms: "100" }))]));
    expect((await client.campaigns(ofOne)).campaigns).toMatchObject([
      { postbackUrl: postback_url, postbackDelayMs: 100 },
    ]);
  });

  it.each([
    ["no pixel_info", without("pixel_info")],
    ["an empty pixel_info", { pixel_info: null }],
    ["no URL", pixel({ postback_url: undefined })],
    ["null for a URL", pixel({ postback_url: null })],
    ["an empty URL", pixel({ postback_url: "" })],
    ["a URL that is nil", pixel({ postback_url: { "@xsi:nil": "true" } })],
  ])("has no postback with %s, and is counted all the same", async (_, changes) => {
    const { client } = on(exported([row(1), row(2, changes)]));
    expect(await client.campaigns(ofOne)).toMatchObject({
      ...{ campaigns: [{ campaignId: 1 }], answered: 2, unreadable: 0, completenessIssues: [] },
    });
  });

  it.each([
    ["without fields", {}],
    ["that is none", null],
    ["with an id of 0", row(0)],
    ["with an id that is no number", row("x")],
    ["without affiliate", row(2, without("affiliate"))],
    ["with an offer that has no id", row(2, { offer: { offer_name: "X" } })],
    ["with a URL that is no text", row(2, pixel({ postback_url: 5 }))],
  ])("%s cannot be read, which is counted and a flaw", async (_, bad) => {
    const { client } = on(exported([row(1), bad]));
    const found = await client.campaigns(ofOne);
    expect(found).toMatchObject({ campaigns: [{ campaignId: 1 }], answered: 1 });
    expect(found.unreadable).toBeGreaterThan(0);
    expect(found.completenessIssues.join()).toContain("the list holds rows that cannot be read");
  });

  it("may say in words of its own how it is, or not at all", async () => {
    const strange = row(1, {
      ...pixel({ pixel_status: "Pending", postback_delay_ms: "soon" }),
      account_status: null,
    });
    expect((await on(exported([strange])).client.campaigns(ofOne)).campaigns).toMatchObject([
      { pixelStatus: "Pending", postbackDelayMs: null, accountStatus: null },
    ]);
  });
});

describe("an export", () => {
  it.each([
    ["an empty list", { row_count: 0, campaigns: [] }],
    ["null", { row_count: 0, campaigns: null }],
    ["no list, and a count of 0", { row_count: 0, campaigns: undefined }],
  ])("without campaigns is %s", async (_, fields) => {
    const { client } = on(answer({ d: { success: true, ...fields } }));
    expect(await client.campaigns(ofOne)).toEqual({
      campaigns: [],
      answered: 0,
      unreadable: 0,
      completenessIssues: [],
    });
  });

  it("may come without d, and say true as a text", async () => {
    const { client } = on(answer({ success: "true", row_count: "1", campaigns: [row(23602)] }));
    expect((await client.campaigns(ofOne)).campaigns).toEqual([read]);
  });

  it("is short of rows where it counts more than it shows", async () => {
    const { client } = on(exported([row(1)], { row_count: 5 }));
    const { completenessIssues } = await client.campaigns(ofOne);
    expect(completenessIssues).toEqual(["the list says it has 5 rows, but 1 came"]);
  });

  it.each([
    ["is throttled for ever", "throttled", answer({ d: { success: false, message: "Restricted" } })],
    ["is refused", "refused", answer({ d: { success: false, message: "Invalid Affiliate" } })],
    ["is refused without d", "refused", answer({ success: false, message: "Invalid Affiliate" })],
    ["is refused in a text", "refused", answer({ d: { success: "false", message: "Invalid Affiliate" } })],
    ["has a key that is not good", "key", answer({ d: { success: false, message: "Invalid API Key" } })],
    ["is a page", "webPage", answer("<!DOCTYPE html><title>Log in</title>")],
    ["is XML", "unexpected", answer('<?xml version="1.0"?><campaign_export_response/>')],
    ["has neither d nor success", "unexpected", answer({ campaigns: [row(1)] })],
    ["has an empty d", "unexpected", answer({ d: null })],
    ["has a text for d", "unexpected", answer({ d: "yes" })],
    ["says yes and nothing else", "unexpected", answer({ d: { success: true } })],
    [
      "has no list of campaigns",
      "unexpected",
      answer({ d: { success: true, campaigns: { campaign: row(1) } } }),
    ],
    ["speaks v2", "unexpected", answer({ request_status: "Success", campaigns: [row(1)] })],
    ["says yes with HTTP 500", "lost", answer({ d: { success: true, campaigns: [] } }, { status: 500 })],
    ["breaks", "lost", answer("<soap:Fault>not in a correct format</soap:Fault>", { status: 500 })],
    [
      "lacks a field",
      "lost",
      answer({ Message: "Invalid web service call, missing value for parameter: 'x'." }, { status: 500 }),
    ],
    ["is not there", "missing", answer("<html>Not found</html>", { status: 404 })],
    ["has no such method", "missing", answer({ Message: "Unknown web method Campaigns." }, { status: 500 })],
    [
      "speaks no JSON",
      "missing",
      answer("<title>Request format is unrecognized for URL unexpectedly ending in '/Campaigns'.</title>", {
        status: 500,
      }),
    ],
  ] as const)("that %s is an error of the kind %s", async (_, kind, given) => {
    const error = await errorOf(on(given).client.campaigns(ofOne));
    expect(error).toMatchObject({ kind, endpoint: "campaigns" });
    expect(error.message).not.toContain("example.com");
  });

  it("is refused in CAKE's words", async () => {
    const error = await errorOf(
      on(answer({ d: { success: false, message: "Invalid Affiliate" } })).client.campaigns(ofOne),
    );
    expect(error.message).toContain('HTTP 200, success false: "Invalid Affiliate"');
  });
});

describe("with a real CAKE", () => {
  const postbacks = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ postbackId: index + 1, affiliateId: 7, offerId: 70, postbackUrl: `https://t.example/${index}` },
      ...{ postbackType: "Server", postbackStatus: index % 10 === 9 ? "inactive" : "active" },
    }));

  it.each([
    [1, 2],
    [100, 2],
    [499, 2],
    [500, 2],
    [501, 2],
    [1_200, 3],
  ])("reads %i campaigns in %i calls, and knows that they are all", async (count, calls) => {
    for (const campaignNames of ["new", "old"] as const) {
      const cake = await startCake({ postbacks: postbacks(count) });
      cake.behave({ campaignNames });
      const { campaigns, answered, completenessIssues } = await clientAt(cake.url).client.campaigns({
        affiliateId: 7,
      });
      const active = cake.postbacks().filter(({ postbackStatus }) => postbackStatus === "active");
      expect(campaigns.map(({ postbackUrl }) => postbackUrl)).toEqual(active.map((row) => row.postbackUrl));
      expect([answered, completenessIssues, cake.calls("campaigns")]).toEqual([count, [], calls]);
    }
  });

  it("tells after each page how far it is, and asks for one offer of one affiliate", async () => {
    const cake = await startCake({ postbacks: postbacks(700) });
    const seen: unknown[] = [];
    await clientAt(cake.url).client.campaigns({ affiliateId: 7, offerId: 70 }, (...page) => seen.push(page));
    expect(seen).toEqual([
      [500, 700],
      [700, 700],
    ]);
    expect(cake.requests[0]?.fields).toMatchObject({ source_affiliate_id: 7, site_offer_id: 70 });
  });

  it("may know of no postback that was made in v2, which proves nothing about those", async () => {
    const cake = await startCake({ postbacks: postbacks(3) });
    cake.behave({ campaigns: "none" });
    const { answered, completenessIssues } = await clientAt(cake.url).client.campaigns({ affiliateId: 7 });
    expect(provesAbsence({ rows: new Map(), answered, completenessIssues })).toBe(false);
  });

  it.each(["legacy", "legacyJson", "v2"] as const)("asks again after its throttle (%s)", async (envelope) => {
    const cake = await startCake({ postbacks: postbacks(1) });
    cake.injectFault({ on: "campaigns", fault: { kind: "restricted", envelope } });
    expect((await clientAt(cake.url).client.campaigns({ affiliateId: 7 })).campaigns).toHaveLength(1);
    // One for the end of the list.
    expect(cake.calls("campaigns")).toBe(3);
  });

  it("asks again where no answer came, and leaves everything as it was", async () => {
    const cake = await startCake({ postbacks: postbacks(2) });
    const before = cake.postbacks();
    cake.injectFault({ on: "campaigns", fault: { kind: "reset", when: "after" } });
    expect((await clientAt(cake.url).client.campaigns({ affiliateId: 7 })).answered).toBe(2);
    expect(cake.postbacks()).toEqual(before);
  });

  it("is told where it has no export, and where the key is wrong", async () => {
    const cake = await startCake();
    cake.behave({ campaigns: "missing" });
    expect(await errorOf(clientAt(cake.url).client.campaigns(ofOne))).toMatchObject({ kind: "missing" });
    cake.recover();
    cake.rotateKey("another");
    expect(await errorOf(clientAt(cake.url).client.campaigns(ofOne))).toMatchObject({ kind: "key" });
  });

  it("is not asked about nobody", async () => {
    const cake = await startCake();
    const { client } = clientAt(cake.url);
    expect(await errorOf(client.campaigns({ affiliateId: 0 }))).toMatchObject({ kind: "refused" });
  });
});
