import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { AffiliatePostback, type AffiliatePostbackArgs } from "../../../provider";
import { identityOf, PLUGIN_TYPE_TOKEN } from "../../../provider/postback/postback";
import { urlParts } from "../../../provider/postback/url";
import { SHELL } from "../../../provider/resource/shell";
import { installHost, known, program, secretIn } from "./support";

const URL = "https://tracker.example/pb?cid=#s2#&token=s3cr3t";
const args = { affiliateId: 67890, offerId: 12345, postbackUrl: URL };
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const urnOf = (name: string) =>
  `urn:pulumi:live::shop::pulumi-nodejs:dynamic/cake:AffiliatePostback::${name}`;

beforeEach(() => {
  installHost();
});

describe("an AffiliatePostback", () => {
  it("is registered with what is declared and what the provider process needs", async () => {
    const { sent } = await program();
    expect(await sent(new AffiliatePostback("acme", args))).toEqual({
      ...{ type: "pulumi-nodejs:dynamic/cake:AffiliatePostback", name: "acme", id: "", secretOutputs: [] },
      aliases: [{ type: PLUGIN_TYPE_TOKEN }],
      inputs: {
        ...args,
        ...{ __provider: SHELL, __urn: identityOf(urnOf("acme")), urlParts: urlParts(URL) },
      },
    });
  });

  it("keeps the aliases that a program gives it beside that of the plugin", async () => {
    const { sent } = await program();
    const own = [{ name: "old" }, { type: "cake:index:Old", name: "older" }];
    const { aliases } = await sent(new AffiliatePostback("acme", args, { aliases: own }));
    expect(aliases).toEqual([...own, { type: PLUGIN_TYPE_TOKEN }]);
    expect(own).toHaveLength(2);
  });

  it("carries its type where policies and tools look for it", () => {
    expect(AffiliatePostback.__pulumiType).toBe("pulumi-nodejs:dynamic/cake:AffiliatePostback");
  });

  it("has an output for everything that the provider answers", async () => {
    await program();
    const postback = new AffiliatePostback("acme", args);
    expect(await known(postback.postbackId)).toBe(8801);
    for (const output of [
      "affiliateId",
      "offerId",
      "postbackUrl",
      "postbackStatus",
      "postbackTypeId",
    ] as const) {
      expect(pulumi.Output.isInstance(postback[output])).toBe(true);
    }
    for (const output of ["postbackType", "domain", "urlParts"] as const) {
      expect(pulumi.Output.isInstance(postback[output])).toBe(true);
    }
  });

  it("leaves its arguments as they are, so that they can be used twice", async () => {
    const { sent } = await program();
    const shared = Object.freeze({ ...args, adopt: Object.freeze({ postbackId: 5 }) });
    const [first, second] = [new AffiliatePostback("one", shared), new AffiliatePostback("two", shared)];
    const [one, two] = [await sent(first), await sent(second)];
    expect(shared).toEqual({ ...args, adopt: { postbackId: 5 } });
    expect({ ...one.inputs, __urn: "" }).toEqual({ ...two.inputs, __urn: "" });
    expect(one.inputs.__urn).not.toBe(two.inputs.__urn);
  });

  it("turns the option import, which does not reach the provider, into an adoption that is as strict", async () => {
    const { sent } = await program();
    const { inputs, id } = await sent(new AffiliatePostback("acme", args, { import: "8801" }));
    expect(inputs.adopt).toEqual({ postbackId: 8801, exactly: true });
    expect(id).toBe("");
  });

  it.each(["", "acme", "0", "1.5", "-3"])("refuses to import %j, which is no id", async (id) => {
    await program();
    expect(() => new AffiliatePostback("acme", args, { import: id })).toThrow(/option "import" of acme/);
  });

  it("refuses to import and adopt at once", async () => {
    await program();
    const both = { ...args, adopt: { postbackId: 5 } };
    expect(() => new AffiliatePostback("acme", both, { import: "5" })).toThrow(/one of them/);
  });

  it("passes wrong arguments on: check reports them, all at once", async () => {
    const { sent } = await program();
    const wrong = { ...args, postbackUrl: "nonsense", offer: 1 } as AffiliatePostbackArgs;
    const { inputs } = await sent(new AffiliatePostback("acme", wrong));
    expect(inputs).toMatchObject({ postbackUrl: "nonsense", offer: 1, urlParts: {} });
  });

  it.each([undefined, 42, "", "t.example/pb"])("passes on what is no URL: %j", async (url) => {
    const { sent } = await program();
    const wrong = { ...args, postbackUrl: url as unknown as string };
    expect((await sent(new AffiliatePostback("acme", wrong))).inputs.urlParts).toEqual({});
  });

  it("has the same mark in every run, and another one in another stack", async () => {
    const markIn = async (stack: string) => {
      const { sent } = await program({ stack });
      return (await sent(new AffiliatePostback("acme", args))).inputs.__urn;
    };
    expect(await markIn("live")).toBe(await markIn("live"));
    expect(await markIn("live")).not.toBe(await markIn("test"));
  });

  it("is known by its URN, also below a component and before its parent is registered", async () => {
    const { registrations } = await program();
    const group = (type: string, name: string) => new pulumi.ComponentResource(`shop:index:${type}`, name);
    const urns = await Promise.all(
      [group("Partner", "acme"), group("Campaign", "acme"), undefined].map((parent) =>
        known(new AffiliatePostback("acme", args, { ...(parent && { parent }) }).urn),
      ),
    );

    const identities = registrations
      .filter(({ type }) => type === AffiliatePostback.__pulumiType)
      .map(({ inputs }) => inputs.__urn);
    expect(new Set(identities)).toEqual(new Set(urns.map(identityOf)));
    expect(new Set(identities).size).toBe(3);
  });

  it("stays the same resource when its parent is renamed, as its URN does", async () => {
    const identityBelow = async (name: string) => {
      const { sent } = await program();
      const parent = new pulumi.ComponentResource("shop:index:Partner", name);
      return (await sent(new AffiliatePostback("summer", args, { parent }))).inputs.__urn;
    };
    expect(await identityBelow("acme")).toBe(await identityBelow("acme-inc"));
  });

  it("is not registered from where the provider process could not find the package", async () => {
    const { registrations } = await program();
    vi.stubEnv("CAKE_HOST_FROM", "/");
    expect(() => new AffiliatePostback("acme", args)).toThrow("Make it a direct dependency");
    expect(registrations).toEqual([]);
  });
});

describe("a secret URL", () => {
  it("makes its parts secret, as a whole", async () => {
    const { sent } = await program();
    const postbackUrl = pulumi.secret(URL);
    const { inputs } = await sent(new AffiliatePostback("acme", { ...args, postbackUrl }));
    expect(secretIn(inputs.postbackUrl)).toBe(URL);
    expect(secretIn(inputs.urlParts)).toEqual(urlParts(URL));
    expect(secretIn(inputs.affiliateId)).toBe("not a secret");
  });

  it("by additionalSecretOutputs makes its parts so, too", async () => {
    const { sent } = await program();
    const opts = Object.freeze({
      additionalSecretOutputs: Object.freeze(["domain", "postbackUrl"]) as string[],
    });
    const { secretOutputs } = await sent(new AffiliatePostback("acme", args, opts));
    expect([...secretOutputs].sort()).toEqual(["domain", "postbackUrl", "urlParts"]);
  });

  it("is not made of another secret output", async () => {
    const { sent } = await program();
    const opts = { additionalSecretOutputs: ["domain"] };
    expect((await sent(new AffiliatePostback("acme", args, opts))).secretOutputs).toEqual(["domain"]);
  });
});

describe("a URL that is not known yet", () => {
  it("makes its parts unknown", async () => {
    const { registrations } = await program({ preview: true });
    const postbackUrl = pulumi.output(pulumi.unknown as unknown as string);
    new AffiliatePostback("acme", { ...args, postbackUrl });
    await vi.waitFor(() => expect(registrations).toHaveLength(1));
    expect(registrations[0]?.inputs).toMatchObject({ postbackUrl: UNKNOWN, urlParts: UNKNOWN });
  });

  it("that comes from another resource is passed on as soon as it is known", async () => {
    const { sent } = await program();
    const postbackUrl = pulumi.output(Promise.resolve(URL));
    const { inputs } = await sent(new AffiliatePostback("acme", { ...args, postbackUrl }));
    expect(inputs).toMatchObject({ postbackUrl: URL, urlParts: urlParts(URL) });
  });
});

describe("AffiliatePostback.get()", () => {
  it("reads the postback with the id, and brings the provider's code along", async () => {
    const { sent } = await program();
    const read = await sent(AffiliatePostback.get("found", "5"));
    expect(read).toMatchObject({
      id: "5",
      type: AffiliatePostback.__pulumiType,
      inputs: { __provider: SHELL },
    });
    for (const output of ["affiliateId", "postbackUrl", "postbackId"]) {
      expect(read.inputs).not.toHaveProperty(output);
    }
  });
});
