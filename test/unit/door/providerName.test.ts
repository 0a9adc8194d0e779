import { describe, expect, it } from "vitest";
import { explicitName } from "../../../provider/door/providerName";

const urnOf = (name: string) => `urn:pulumi:dev::shop::pulumi:providers:cake::${name}`;

describe("the name of a provider", () => {
  it.each([
    "default",
    "default_0_1_0",
    "default_0_1_0_alpha_1",
    "default_0_1_0_https___github.com/x",
    "default_0_1_0_https_/github.com/pulumi-cake/pulumi-cake/releases/download/v0.1.0",
    "default_https_/example.com",
    "default_HTTPS_/example.com",
    "default_s3_/bucket/plugins",
    "default_github_/api.github.com/pulumi-cake",
  ])("is none where the engine made it: %s", (name) => {
    expect(explicitName(urnOf(name))).toBeUndefined();
  });

  it.each(["eu", "default_eu", "default-eu", "default_my__provider", "defaults", "a::b", "default_1"])(
    "is the program's: %s",
    (name) => {
      expect(explicitName(urnOf(name))).toBe(name);
    },
  );

  it("is the program's where the provider has a parent", () => {
    const urn = "urn:pulumi:dev::shop::acme:index:Network$pulumi:providers:cake::default";
    expect(explicitName(urn)).toBe("default");
  });

  it("is none without a URN", () => {
    expect(explicitName("")).toBeUndefined();
  });
});
