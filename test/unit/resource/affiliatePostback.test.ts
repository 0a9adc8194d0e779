import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { AffiliatePostback } from "../../../provider/resource/affiliatePostback";
import { SHELL } from "../../../provider/resource/shell";
import { declare, settled } from "./declared";

const URL = "https://track.example/pb?cid=#s2#&payout=#price#";
const args = { affiliateId: 67890, offerId: 12345, postbackUrl: URL };

test("a postback is registered under its own type, with the constant shell and the parts of its URL", async () => {
  const [postback] = await declare(() => void new AffiliatePostback("acme", args));
  expect(postback).toMatchObject({
    type: "pulumi-nodejs:dynamic/cake:AffiliatePostback",
    name: "acme",
    inputs: {
      ...args,
      __provider: SHELL,
      urlParts: { host: "track.example", path: "/pb", query: { cid: "#s2#", payout: "#price#" } },
    },
  });
  expect(AffiliatePostback.__pulumiType).toBe(postback?.type);
});

test("one args object serves two resources and is not touched", async () => {
  const shared = Object.freeze({ ...args });
  const declared = await declare(() => {
    new AffiliatePostback("one", shared);
    new AffiliatePostback("two", shared);
  });
  expect(declared.map(({ name }) => name)).toEqual(["one", "two"]);
  expect(shared).toEqual(args);
});

test("the origin tells resources apart by name, and is the same in the next run", async () => {
  const originOf = async (name: string) =>
    (await declare(() => void new AffiliatePostback(name, args)))[0]?.inputs.__origin;
  expect(await originOf("acme")).toBe(await originOf("acme"));
  expect(await originOf("acme")).not.toBe(await originOf("other"));
});

test("the parts of a secret URL are secret, those of a plain one are not", async () => {
  let secret: AffiliatePostback | undefined;
  let plain: AffiliatePostback | undefined;
  await declare(() => {
    secret = new AffiliatePostback("secret", { ...args, postbackUrl: pulumi.secret(URL) });
    plain = new AffiliatePostback("plain", args);
  });
  expect(secret && (await settled(secret.urlParts))).toMatchObject({ secret: true });
  expect(plain && (await settled(plain.urlParts))).toMatchObject({ secret: false });
});

test.each([undefined, 42, "", "not a URL"])(
  "a postbackUrl of %j reaches check instead of breaking the program",
  async (url) => {
    const wrong = { ...args, postbackUrl: url as unknown as string };
    const [postback] = await declare(() => void new AffiliatePostback("acme", wrong));
    expect(postback?.inputs.urlParts).toEqual({});
  },
);

test("an argument that nobody knows reaches check, which names it", async () => {
  const misspelt = { ...args, postbakStatus: "inactive" };
  const [postback] = await declare(() => void new AffiliatePostback("acme", misspelt));
  expect(postback?.inputs).toMatchObject({ postbakStatus: "inactive" });
});
