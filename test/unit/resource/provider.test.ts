import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Provider, type ProviderArgs } from "../../../provider";
import { program, secretIn } from "./support";

const KEY = "key-4711";

describe("a Provider", () => {
  it("is one of the package that dynamic resources belong to, with its settings as texts", async () => {
    const { sent } = await program();
    const { type, inputs } = await sent(
      new Provider("texts", {
        ...{ domain: "eu.example", endpoints: "documented", paths: { list: "/own.json" } },
        ...{ formerDomains: ["a.example", "b.example"], allowInsecureHttp: false, concurrency: 4 },
        ...{ requestTimeout: 10, operationTimeout: 60 },
      }),
    );
    expect(type).toBe("pulumi:providers:pulumi-nodejs");
    expect(inputs).toEqual({
      ...{ "cake:name": "texts", "cake:domain": "eu.example", "cake:endpoints": "documented" },
      ...{ "cake:paths": '{"list":"/own.json"}', "cake:formerDomains": '["a.example","b.example"]' },
      ...{ "cake:allowInsecureHttp": "false", "cake:concurrency": "4" },
      ...{ "cake:requestTimeout": "10", "cake:operationTimeout": "60" },
    });
  });

  it.each(["apiKey", "proxy"] as const)("makes its %s a secret, given as one or not", async (name) => {
    const { sent } = await program();
    for (const [index, value] of [KEY, pulumi.secret(KEY), pulumi.output(KEY)].entries()) {
      const provider = new Provider(`secret-${name}-${index}`, { domain: "eu.example", [name]: value });
      const { inputs } = await sent(provider);
      expect(secretIn(inputs[`cake:${name}`])).toBe(KEY);
      expect(JSON.stringify({ ...inputs, [`cake:${name}`]: "" })).not.toContain(KEY);
    }
  });

  it("keeps secret what is given as a secret", async () => {
    const { sent } = await program();
    const { inputs } = await sent(new Provider("secret-domain", { domain: pulumi.secret("eu.example") }));
    expect(secretIn(inputs["cake:domain"])).toBe("eu.example");
  });

  it("leaves its arguments as they are", async () => {
    const { sent } = await program();
    const args = Object.freeze({ domain: "eu.example", apiKey: KEY, paths: Object.freeze({ list: "/x" }) });
    const [one, two] = [new Provider("frozen-1", args), new Provider("frozen-2", args)];
    expect({ ...(await sent(one)).inputs, "cake:name": "" }).toEqual({
      ...(await sent(two)).inputs,
      "cake:name": "",
    });
  });
});

describe("the settings of the stack", () => {
  const config = {
    ...{ "cake:domain": "us.example", "cake:apiKey": KEY, "cake:endpoints": "documented" },
    ...{ "cake:proxy": "http://user:pass@proxy.example", "cake:concurrency": "2", "other:domain": "x" },
  };

  it("are taken over where they are not given, but never its key", async () => {
    const { sent } = await program({ config, secretKeys: ["cake:apiKey"] });
    const { inputs } = await sent(new Provider("heir", { domain: "eu.example", concurrency: 3 }));
    expect(Object.keys(inputs).sort()).toEqual(
      ["cake:concurrency", "cake:domain", "cake:endpoints", "cake:name", "cake:proxy"].sort(),
    );
    expect(inputs).toMatchObject({
      ...{ "cake:domain": "eu.example", "cake:concurrency": "3", "cake:endpoints": "documented" },
    });
    expect(secretIn(inputs["cake:proxy"])).toBe("http://user:pass@proxy.example");
    expect(JSON.stringify(inputs)).not.toContain(KEY);
  });

  it("give way to what is given", async () => {
    const { sent } = await program({ config, secretKeys: ["cake:apiKey"] });
    const { inputs } = await sent(
      new Provider("own", { domain: "eu.example", endpoints: "all", apiKey: "own" }),
    );
    expect(inputs["cake:endpoints"]).toBe("all");
    expect(secretIn(inputs["cake:apiKey"])).toBe("own");
  });
});

describe("a Provider is refused", () => {
  it("if its name leads to the key variable of another one", async () => {
    const { registrations } = await program();
    new Provider("eu-west", { domain: "eu.example" });
    expect(() => new Provider("eu.west", { domain: "eu.example" })).toThrow(
      'The providers "eu-west" and "eu.west" would both take their API key from CAKE_EU_WEST_API_KEY.',
    );
    expect(registrations.filter(({ name }) => name === "eu.west")).toEqual([]);
  });

  it("if it is given what is no setting, with the list of those that are", async () => {
    await program();
    const args = { domain: "eu.example", apikey: KEY, region: "x" } as ProviderArgs;
    const make = () => new Provider("typo", args);
    expect(make).toThrow('The provider "typo" has an unknown argument: "apikey", "region".');
    expect(make).not.toThrow(KEY);
  });
});
