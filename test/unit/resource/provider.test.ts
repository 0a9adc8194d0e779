import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { Provider, type ProviderArgs } from "../../../provider/resource/provider";
import { declare } from "./declared";

const SECRET_MARK = "4dabf18193072939515e22adb298388d";

async function inputsOf(
  args: ProviderArgs,
  config?: Record<string, string>,
): Promise<Record<string, unknown>> {
  const [provider] = await declare(() => void new Provider("eu", args), config);
  return provider?.inputs ?? {};
}

describe("an explicit provider", () => {
  test("is a provider of Pulumi's dynamic resources, with its name and settings as texts", async () => {
    const [provider] = await declare(() => {
      new Provider("eu", {
        domain: "eu.example",
        concurrency: 4,
        formerDomains: ["old.example"],
        paths: { list: "/x" },
      });
    });
    expect(provider).toMatchObject({
      type: "pulumi:providers:pulumi-nodejs",
      inputs: {
        "cake:name": "eu",
        "cake:domain": "eu.example",
        "cake:concurrency": "4",
        "cake:formerDomains": '["old.example"]',
        "cake:paths": '{"list":"/x"}',
      },
    });
  });

  test("keeps its key and its proxy secret, also when they were given in plain text", async () => {
    const inputs = await inputsOf({
      domain: "eu.example",
      apiKey: "plain-key",
      proxy: "http://user:pw@proxy.example",
    });
    expect(inputs["cake:apiKey"]).toMatchObject({ [SECRET_MARK]: expect.anything(), value: "plain-key" });
    expect(inputs["cake:proxy"]).toMatchObject({ [SECRET_MARK]: expect.anything() });
    expect(JSON.stringify(inputs["cake:domain"])).not.toContain(SECRET_MARK);
  });

  test("takes over the stack's other settings, but never its key", async () => {
    const stack = {
      "cake:endpoints": "documented",
      "cake:concurrency": "2",
      "cake:apiKey": "the key of the stack",
    };
    const inputs = await inputsOf({ domain: "eu.example", concurrency: 5 }, stack);
    expect(inputs).toMatchObject({ "cake:endpoints": "documented", "cake:concurrency": "5" });
    expect(JSON.stringify(inputs)).not.toContain("the key of the stack");
  });

  test("passes an unknown or secret argument on as it is", async () => {
    const inputs = await inputsOf({ domain: pulumi.secret("eu.example") });
    expect(inputs["cake:domain"]).toMatchObject({ [SECRET_MARK]: expect.anything(), value: "eu.example" });
  });

  test("refuses an argument that is not a setting, and names those that are", async () => {
    const misspelt = { domain: "eu.example", apikey: "x" };
    await declare(() =>
      expect(() => new Provider("eu", misspelt)).toThrow(/"apikey".*It takes domain, apiKey/),
    );
  });

  test("refuses a second name that would take its key from the same variable", async () => {
    await declare(() => {
      new Provider("a-b", { domain: "one.example" });
      expect(() => new Provider("a_b", { domain: "two.example" })).toThrow(
        /both take their key from CAKE_A_B_API_KEY/,
      );
    });
  });
});
