import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  getAffiliatePostback,
  getAffiliatePostbackOutput,
  getAffiliatePostbacks,
  getAffiliatePostbacksOutput,
  Provider,
} from "../../../provider";
import type { SandboxInstance } from "../../../provider/sandbox";
import { callsOf, openCake, row, rowsOf, settingsOf, URL_OF } from "../lookup/support";
import { known, program } from "./support";

const SECRET_URL = `${URL_OF}&token=abc`;
const ROWS = [row(7001), row(7002, { postbackUrl: SECRET_URL })];
const UNKNOWN = pulumi.unknown as unknown as string;

/** A program of a stack that is set to a CAKE. */
async function open({ preview = false, rows = ROWS } = {}): Promise<SandboxInstance> {
  const cake = await openCake(rows);
  await program({ preview, config: settingsOf(cake), secretKeys: ["cake:apiKey"] });
  return cake;
}

// The SDK does not take its stack back by itself, and its types do not have what does.
const { setStackResource } = createRequire(__filename)("@pulumi/pulumi/runtime/state");

/** Runs a program as Pulumi does, in a stack. */
async function inStack<T>(run: () => Promise<T>): Promise<T> {
  onTestFinished(() => setStackResource(undefined));
  let result: T | undefined;
  await pulumi.runtime.runInPulumiStack(async () => {
    result = await run();
  });
  return result as T;
}

const isKnown = (output: pulumi.Output<unknown>) =>
  (output as unknown as { isKnown: Promise<boolean> }).isKnown;

const failureOf = (failing: Promise<unknown>): Promise<Error> =>
  failing.then(
    () => new Error("It did not fail."),
    (error: Error) => error,
  );

describe("a lookup in a program", () => {
  it("uses the stack's settings, whose key is secret, and shows the key nowhere", async () => {
    const cake = await open();
    const found = await getAffiliatePostbacks({ offerId: 7 });
    expect(found.map(({ postbackId }) => postbackId)).toEqual([7001, 7002]);
    expect(JSON.stringify(found)).not.toContain(cake.apiKey);
    expect((await getAffiliatePostback({ postbackId: 7001 })).domain).toBe(cake.domain);
  });

  it("shares one listing with all others of its program, at whatever time and in whatever form", async () => {
    const cake = await open({ rows: rowsOf(1_200) });
    await inStack(async () => {
      const us = new Provider("lookup-us", { domain: cake.url, apiKey: cake.apiKey });
      const outputs = [
        getAffiliatePostbackOutput({ postbackId: 7001 }),
        getAffiliatePostbackOutput({ postbackId: 7002 }, { provider: us }),
      ];
      const first = getAffiliatePostbacks({ affiliateId: 103 });
      await Promise.all([first, getAffiliatePostback({ postbackId: 7003 }), ...outputs.map(known)]);
      await getAffiliatePostbacks({ status: "inactive" }, { provider: us });
    });
    expect(callsOf(cake)).toEqual(["list", "list", "list"]);
  });

  it("never sees what an earlier program in this process has read", async () => {
    const cake = await open();
    const countedBy = () => inStack(async () => (await getAffiliatePostbacks()).length);
    expect(await countedBy()).toBe(2);
    cake.add({ affiliateId: 4, offerId: 8, postbackUrl: URL_OF });
    expect(await countedBy()).toBe(3);
    // Each of them reads the only page, and that there is no more behind it.
    expect(callsOf(cake)).toEqual(["list", "list", "list", "list"]);
  });

  it("looks at the instance of an explicit provider, with its key", async () => {
    await open();
    const { url, apiKey, domain } = await openCake([row(9)]);
    const eu = new Provider("lookup-eu", { domain: pulumi.output(url), apiKey: pulumi.secret(apiKey) });
    expect((await getAffiliatePostback({ postbackId: 9 }, { provider: eu })).domain).toBe(domain);
    expect(JSON.stringify(Object.values(eu))).not.toContain(apiKey);
    expect(JSON.stringify(eu)).not.toContain(apiKey);
    const found = getAffiliatePostbackOutput({ postbackId: 9 }, { provider: eu });
    expect((await known(found)).postbackId).toBe(9);
    expect(await pulumi.isSecret(found)).toBe(false);
  });

  it("refuses a provider of another package: it would answer from the stack's own instance", async () => {
    const cake = await open();
    const provider = { settings: undefined } as unknown as Provider;
    const message = "not a Provider of pulumi-cake";
    expect((await failureOf(getAffiliatePostbacks({}, { provider }))).message).toContain(message);
    expect(() => getAffiliatePostbacksOutput({}, { provider })).toThrow(message);
    expect(cake.requests).toEqual([]);
  });
});

describe("a lookup's output", () => {
  it("is secret exactly where its URL holds a secret", async () => {
    await open();
    const plain = getAffiliatePostbackOutput({ postbackId: pulumi.output(7001) });
    const secret = getAffiliatePostbackOutput({ postbackId: 7002 });
    const all = getAffiliatePostbacksOutput({ host: "track.acme.example" });
    expect((await known(plain)).postbackUrl).toBe(URL_OF);
    expect(await pulumi.isSecret(plain)).toBe(false);
    expect((await known(secret)).postbackUrl).toBe(SECRET_URL);
    expect(await pulumi.isSecret(secret)).toBe(true);
    expect((await known(all)).map(({ postbackId }) => postbackId)).toEqual([7001, 7002]);
    expect(await pulumi.isSecret(all)).toBe(true);
  });

  it("is secret where what it was asked with is", async () => {
    await open();
    const asked = getAffiliatePostbackOutput({ postbackId: pulumi.secret(7001) });
    expect((await known(asked)).postbackId).toBe(7001);
    expect(await pulumi.isSecret(asked)).toBe(true);
  });

  it.each([
    ["the key of the provider", (domain: string) => ({ domain, apiKey: UNKNOWN }), 7001],
    ["the provider's domain", () => ({ domain: UNKNOWN, apiKey: "key" }), 7001],
    ["the id", (domain: string) => ({ domain, apiKey: "key" }), UNKNOWN],
  ] as const)("is unknown in a preview where %s is, and asks nothing", async (what, argsOf, postbackId) => {
    const cake = await open({ preview: true });
    const { domain, apiKey } = argsOf(cake.url);
    const provider = new Provider(`unknown, ${what}`, {
      domain: pulumi.output(domain),
      apiKey: pulumi.output(apiKey),
    });
    const id = pulumi.output(postbackId) as unknown as pulumi.Output<number>;
    expect(await isKnown(getAffiliatePostbackOutput({ postbackId: id }, { provider }))).toBe(false);
    expect(cake.requests).toEqual([]);
  });
});

describe("a lookup fails", () => {
  it("in the form of a promise if the settings are unknown yet, and says what to use", async () => {
    await open({ preview: true });
    const provider = new Provider("unknown", { domain: pulumi.output(UNKNOWN), apiKey: "key" });
    const { message } = await failureOf(getAffiliatePostbacks({}, { provider }));
    expect(message).toContain("unknown in this preview");
    expect(message).toContain("ends with Output");
  });

  it("with what to do where the stack has no key", async () => {
    await program({ config: { "cake:domain": "cake.example" } });
    expect((await failureOf(getAffiliatePostbacks())).message).toContain("No API key is set");
  });

  it("with a message alone: the SDK's own lines in a stack can keep Node from ever printing it", async () => {
    const cake = await open();
    cake.behave({ totalRows: 9 });
    for (const look of [
      () => getAffiliatePostbacks(),
      () => getAffiliatePostback({ postbackId: 1 }),
      () => getAffiliatePostback({ postbackId: "1" as unknown as number }),
    ]) {
      const error = await failureOf(look());
      expect(pulumi.RunError.isInstance(error)).toBe(true);
      expect(error.stack).toBe("");
    }
  });
});
