import { describe, expect, it } from "vitest";
import { withPostbacks } from "../../../../provider/cli/adopt/deployment";
import { rowOf } from "./support";

const STACK = { project: "shop", stack: "dev" };
const row = rowOf();
const settings = {
  "cake:domain": { value: "cake.example", secret: false },
  "cake:apiKey": { value: "canary-key-5d1e", secret: true },
  "cake:proxy": { value: "http://proxy.example", secret: true },
};

const exportOf = (resources: Record<string, unknown>[]) => ({ version: 3, deployment: { resources } });

describe("a state with adopted postbacks in it", () => {
  it("has a stack and a provider where there were none, and no key, however the stack keeps it", () => {
    const plainKey = { ...settings, "cake:apiKey": { ...settings["cake:apiKey"], secret: false } };
    for (const inputs of [settings, plainKey]) {
      const { deployment } = withPostbacks(exportOf([]), STACK, [row], "cake.example", inputs);
      const [root, provider, postback] = deployment.resources ?? [];
      expect(root).toMatchObject({ urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev" });
      const saved = {
        "cake:domain": "cake.example",
        "cake:proxy": expect.objectContaining({ plaintext: '"http://proxy.example"' }),
      };
      expect(provider).toMatchObject({ type: "pulumi:providers:pulumi-nodejs" });
      expect(provider?.inputs).toEqual(saved);
      expect(provider?.outputs).toEqual(saved);
      expect(postback).toMatchObject({
        ...{ id: "7301", protect: true, parent: root?.urn },
        provider: `${provider?.urn}::${provider?.id}`,
      });
      expect(JSON.stringify(deployment)).not.toContain("canary");
    }
  });

  it("keeps the provider that is there as it was saved", () => {
    const urn = "urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::default";
    const before = [
      { urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", type: "pulumi:pulumi:Stack" },
      { urn, type: "pulumi:providers:pulumi-nodejs", id: "1", inputs: { "cake:domain": "cake.example" } },
    ];
    const { deployment } = withPostbacks(exportOf(before), STACK, [row], "cake.example", settings);
    expect(deployment.resources?.slice(0, 2)).toEqual(before);
    expect(deployment.resources?.[2]).toMatchObject({ provider: `${urn}::1` });
  });
});
