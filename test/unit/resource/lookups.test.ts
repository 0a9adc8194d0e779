import * as pulumi from "@pulumi/pulumi";
import { type SandboxInstance, startSandbox } from "pulumi-cake/sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  getAffiliatePostback,
  getAffiliatePostbackOutput,
  getAffiliatePostbacks,
  getAffiliatePostbacksOutput,
} from "../../../provider/resource/lookups";
import { Provider } from "../../../provider/resource/provider";
import { known, program } from "./support";

const URL_OF = "https://track.acme.example/postback?cid=#s2#";
const row = (postbackId: number, postbackUrl = URL_OF) => ({
  ...{ postbackId, affiliateId: 4, offerId: 7, postbackUrl },
  ...{ postbackStatus: "active", postbackType: "Server" },
});

/** A CAKE, and a program of a stack that is set to it. */
async function open(): Promise<SandboxInstance> {
  const postbacks = [row(7001), row(7002, `${URL_OF}&token=abc`)];
  const sandbox = await startSandbox({ instances: { cake: { postbacks } } });
  onTestFinished(() => sandbox.close());
  const cake = sandbox.instance();
  const config = { "cake:domain": cake.url, "cake:apiKey": cake.apiKey };
  await program({ config, secretKeys: ["cake:apiKey"] });
  return cake;
}

describe("a lookup in a program", () => {
  it("uses the stack's settings, whose key is secret, and shows the key nowhere", async () => {
    const cake = await open();
    const found = await getAffiliatePostbacks({ offerId: 7 });
    expect(found.map(({ postbackId }) => postbackId)).toEqual([7001, 7002]);
    expect(JSON.stringify(found)).not.toContain(cake.apiKey);
    expect((await getAffiliatePostback({ postbackId: 7001 })).domain).toBe(cake.domain);
  });

  it("gives an output that is secret exactly where its URL holds a secret", async () => {
    await open();
    const plain = getAffiliatePostbackOutput({ postbackId: pulumi.output(7001) });
    const secret = getAffiliatePostbackOutput({ postbackId: 7002 });
    const all = getAffiliatePostbacksOutput({ host: "track.acme.example" });
    expect((await known(plain)).postbackUrl).toBe(URL_OF);
    expect(await pulumi.isSecret(plain)).toBe(false);
    expect((await known(secret)).postbackUrl).toContain("token=abc");
    expect(await pulumi.isSecret(secret)).toBe(true);
    expect((await known(all)).length).toBe(2);
    expect(await pulumi.isSecret(all)).toBe(true);
  });

  it("is secret where what it was asked with is", async () => {
    await open();
    const asked = getAffiliatePostbackOutput({ postbackId: pulumi.secret(7001) });
    expect((await known(asked)).postbackId).toBe(7001);
    expect(await pulumi.isSecret(asked)).toBe(true);
  });

  it("looks at the instance of an explicit provider, with its key", async () => {
    await open();
    const other = await startSandbox({ instances: { eu: { postbacks: [row(9)] } } });
    onTestFinished(() => other.close());
    const { url, apiKey } = other.instance();
    const eu = new Provider("lookupEu", { domain: pulumi.output(url), apiKey: pulumi.secret(apiKey) });
    expect((await getAffiliatePostback({ postbackId: 9 }, { provider: eu })).domain).toBe(new URL(url).host);
    expect(JSON.stringify(Object.values(eu))).not.toContain(apiKey);
    const found = getAffiliatePostbackOutput({ postbackId: 9 }, { provider: eu });
    expect((await known(found)).postbackId).toBe(9);
    expect(await pulumi.isSecret(found)).toBe(false);
  });

  it("fails with what to do where the stack has no key", async () => {
    await program({ config: { "cake:domain": "cake.example" } });
    await expect(getAffiliatePostbacks()).rejects.toThrow("No API key is set");
  });
});
