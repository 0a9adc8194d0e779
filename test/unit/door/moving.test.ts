import { describe, expect, it } from "vitest";
import { ProviderProcess } from "../../../provider/door/providerProcess";
import { PostbackCalls } from "../../../provider/plugin/postbackCalls";
import { provider } from "../../../provider/plugin/proto";
import { wrap } from "../../../provider/plugin/values";
import { SHELL } from "../../../provider/resource/shell";

const URN = "urn:pulumi:dev::postbacks::cake:index:AffiliatePostback::acme";
const declared = {
  affiliateId: 67890,
  offerId: 12345,
  postbackUrl: "https://tracker.example/postback?cid=#s2#",
  postbackStatus: "active",
  postbackTypeId: 1,
};
const outputs = { ...declared, postbackId: 8801, postbackType: "Server", domain: "cake.example" };
const ofDynamic = { __provider: SHELL, __urn: "an identity" };

/** A plugin that is about to compare, in a run that has declared what it compares. */
async function plugin(isDeclared = true): Promise<PostbackCalls> {
  const served = new ProviderProcess({ engine: () => "", log: () => undefined });
  served.configure((key) => (key === "cake:domain" ? "cake.example" : undefined));
  const calls = new PostbackCalls(served);
  if (isDeclared) {
    const request = new provider.CheckRequest();
    request.setUrn(URN);
    request.setOlds(wrap({ ...declared, ...ofDynamic }, []));
    request.setNews(wrap({ ...declared, offerId: 12346 }, []));
    await calls.check(request);
  }
  return calls;
}

function diffOf(olds: object, oldInputs: object, news: object) {
  const request = new provider.DiffRequest();
  request.setId("8801");
  request.setUrn(URN);
  request.setOlds(wrap(olds, []));
  request.setOldInputs(wrap(oldInputs, []));
  request.setNews(wrap(news, []));
  return request;
}

describe("a postback that moves to the plugin", () => {
  const old = { ...outputs, ...ofDynamic };
  const inputs = { ...declared, ...ofDynamic };

  it("has no change if what is declared is the same", async () => {
    const answer = await (await plugin()).diff(diffOf(old, inputs, declared));
    expect(answer.getChanges()).toBe(provider.DiffResponse.DiffChanges.DIFF_NONE);
  });

  it("is not replaced in the same run", async () => {
    const request = diffOf(old, inputs, { ...declared, offerId: 12346 });
    await expect((await plugin()).diff(request)).rejects.toMatchObject({
      message: expect.stringContaining("[replaced-while-moving]"),
    });
  });

  it("is replaced in the next run, although its outputs keep what the dynamic door left until a refresh", async () => {
    const answer = await (await plugin()).diff(diffOf(old, declared, { ...declared, offerId: 12346 }));
    expect(answer.getReplacesList()).toEqual(["offerId"]);
  });

  it("is compared by a refresh, which declares nothing and replaces nothing", async () => {
    const request = diffOf(old, inputs, { ...declared, postbackTypeId: 2 });
    const answer = await (await plugin(false)).diff(request);
    expect(answer.getReplacesList()).toEqual(["postbackTypeId"]);
  });
});
