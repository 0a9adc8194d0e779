import { describe, expect, it } from "vitest";
import { endpoints } from "../../../provider/cake/endpoints";
import type { SandboxInstance } from "../../../provider/sandbox";
import { clientOf, type Got, oneInstance } from "./support";

const all = {
  ...{ campaign_id: 0, site_offer_id: 0, source_affiliate_id: 0, channel_id: 0 },
  ...{ account_status_id: 0, media_type_id: 0, start_at_row: 0, row_limit: 0 },
  ...{ sort_field: "campaign_id", sort_descending: "FALSE" },
};

const row = (postbackId: number, changes: object = {}) => ({
  ...{ postbackId, affiliateId: 7, offerId: 70, postbackUrl: `https://t.example/${postbackId}` },
  ...{ postbackType: "Server", postbackStatus: "active" },
  ...changes,
});

const ask = (us: SandboxInstance, fields: object) =>
  clientOf(us).post(endpoints.campaigns.path, { ...all, ...fields });

/** What an answer holds inside `d`. */
function said({ json }: Got): { campaigns: Record<string, unknown>[] } & Record<string, unknown> {
  return json?.d as ReturnType<typeof said>;
}

const idsOf = (got: Got) => said(got).campaigns.map(({ campaign_id }) => campaign_id);

describe("the campaign export", () => {
  it("shows a postback as a campaign, with an id of its own", async () => {
    const { us } = await oneInstance({ postbacks: [row(1)] });
    const got = await ask(us, { source_affiliate_id: 7 });
    expect([got.status, got.json]).toEqual([
      200,
      {
        d: {
          success: true,
          row_count: 1,
          campaigns: [
            {
              campaign_id: 100_001,
              source_affiliate: { source_affiliate_id: 7, source_affiliate_name: "Affiliate 7" },
              site_offer: { site_offer_id: 70, site_offer_name: "Offer 70" },
              original: true,
              account_status: { account_status_id: 1, account_status_name: "Active" },
              pixel_info: {
                ...{ pixel_status: "Approved", pixel_html: null },
                hash_type: { hash_type_id: 0, hash_type_name: "None" },
                ...{ postback_url: "https://t.example/1", postback_delay_ms: null },
              },
            },
          ],
        },
      },
    ]);
  });

  it("may use the names of earlier versions, and write ids as texts", async () => {
    const { us } = await oneInstance({ postbacks: [row(1)] });
    us.behave({ campaignNames: "old", ids: "string" });
    expect(said(await ask(us, { site_offer_id: 70 })).campaigns).toMatchObject([
      { campaign_id: "100001", affiliate: { affiliate_id: "7" }, offer: { offer_id: "70" } },
    ]);
  });

  it("has no pixel where the postback is inactive, and no campaign for all offers or another type", async () => {
    const postbacks = [
      row(1, { postbackStatus: "inactive" }),
      row(2, { offerId: 0 }),
      row(3, { postbackType: "Image" }),
    ];
    const { us } = await oneInstance({ postbacks });
    const { campaigns } = said(await ask(us, { source_affiliate_id: 7 }));
    expect(campaigns).toHaveLength(1);
    expect(campaigns[0]).not.toHaveProperty("pixel_info");
  });

  it("heeds its filters and pages; rows 0 and 1 are the first, and a limit of 0 is none", async () => {
    const { us } = await oneInstance({
      postbacks: [1, 2, 3, 4].map((id) => row(id, { offerId: 70 + (id % 2) })),
    });
    const ids = async (fields: object) => idsOf(await ask(us, fields));
    expect(await ids({ source_affiliate_id: 7 })).toEqual([100_001, 100_002, 100_003, 100_004]);
    expect(await ids({ source_affiliate_id: 7, site_offer_id: 71 })).toEqual([100_001, 100_003]);
    expect(await ids({ source_affiliate_id: 8 })).toEqual([]);
    expect(await ids({ campaign_id: 100_002 })).toEqual([100_002]);
    for (const start_at_row of [0, 1])
      expect(await ids({ source_affiliate_id: 7, start_at_row, row_limit: 2 })).toEqual([100_001, 100_002]);
    expect(await ids({ source_affiliate_id: 7, start_at_row: 3, row_limit: 2 })).toEqual([100_003, 100_004]);
    expect(await ids({ site_offer_id: 70, sort_descending: true })).toEqual([100_004, 100_002]);
    const page = await ask(us, { source_affiliate_id: 7, start_at_row: 4, row_limit: 2 });
    expect(said(page)).toMatchObject({ row_count: 4, campaigns: [{ campaign_id: 100_004 }] });
  });

  it("shows only what the key may see, and nothing where it knows no postbacks of v2", async () => {
    const { us } = await oneInstance({ postbacks: [row(1), row(2)] });
    us.behave({ visible: ({ postbackId }) => postbackId === 2 });
    expect(idsOf(await ask(us, { source_affiliate_id: 7 }))).toEqual([100_002]);
    us.behave({ campaigns: "none" });
    expect(said(await ask(us, { source_affiliate_id: 7 }))).toMatchObject({ success: true, row_count: 0 });
  });

  it("refuses a question about everything, and a wrong key, with HTTP 200 and inside d", async () => {
    const { us } = await oneInstance({ postbacks: [row(1)] });
    for (const fields of [{}, { source_affiliate_id: 7, api_key: "nope" }]) {
      const got = await ask(us, fields);
      expect(got.status).toBe(200);
      expect(said(got)).toMatchObject({ success: false, row_count: 0, message: expect.any(String) });
    }
  });

  it("breaks where a field is missing or is not a number", async () => {
    const { us } = await oneInstance();
    const lacking = await clientOf(us).post(endpoints.campaigns.path, { source_affiliate_id: 7 });
    expect([lacking.status, lacking.json?.Message]).toEqual([
      500,
      "Invalid web service call, missing value for parameter: 'campaign_id'.",
    ]);
    const wrong = await ask(us, { source_affiliate_id: "seven" });
    expect([wrong.status, wrong.json?.Message]).toEqual([500, "Input string was not in a correct format."]);
  });

  it("may not be there", async () => {
    const { us } = await oneInstance({ postbacks: [row(1)] });
    us.behave({ campaigns: "missing" });
    expect((await ask(us, { source_affiliate_id: 7 })).status).toBe(404);
    us.recover();
    expect((await ask(us, { source_affiliate_id: 7 })).status).toBe(200);
  });

  it("is counted under its own name, and stands in the log as a POST that changed nothing", async () => {
    const { us, client } = await oneInstance({ postbacks: [row(1)] });
    const before = us.postbacks();
    await ask(us, { source_affiliate_id: 7 });
    expect([us.calls("campaigns"), us.calls("create"), us.calls("unknown")]).toEqual([1, 0, 0]);
    expect((await client.logs()).json?.api_logs).toMatchObject([
      { request_method: "POST", request_url: endpoints.campaigns.path, response_status: "Success" },
    ]);
    expect(us.postbacks()).toEqual(before);
  });

  it.each([
    ["v2", { request_status: "Failure", message: "No" }],
    ["legacy", { success: false, message: "No" }],
    ["legacyJson", { d: { success: false, message: "No", row_count: 0 } }],
  ] as const)("can be refused by a fault in the envelope %s", async (envelope, json) => {
    const { us } = await oneInstance();
    us.injectFault({ on: "campaigns", fault: { kind: "refused", message: "No", envelope } });
    expect((await ask(us, { site_offer_id: 1 })).json).toEqual(json);
  });
});
