import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stateOf } from "../../../provider/lifecycle/state";
import { recordOf } from "../../../provider/lookup/record";
import { FIELD_NAMES, fieldsThat } from "../../../provider/postback/fields";
import { PLUGIN_TYPE_TOKEN, type Postback } from "../../../provider/postback/postback";
import { SETTING_NAMES, settings } from "../../../provider/settings/settings";
import { PLUGIN_SCHEMA, pluginSchema } from "../../docs/pluginSchema";
import { unwantedWords } from "../../docs/words";
import { findCli } from "../../stack/support/cli";

const root = join(__dirname, "../../..");
const schema = JSON.parse(pluginSchema(root));
const resource = schema.resources[PLUGIN_TYPE_TOKEN];

const ROW: Postback = {
  ...{ postbackId: 8801, affiliateId: 67890, offerId: 12345, postbackStatus: "active" },
  ...{ postbackUrl: "https://t.example/pb?cid=#s2#&cid=#s3##part", postbackType: "Server" },
};

describe("the schema of the plugin", () => {
  it("says what the tables and the docstrings say", () => {
    expect(readFileSync(join(root, PLUGIN_SCHEMA), "utf8"), 'run "npm run docs"').toBe(pluginSchema(root));
  });

  it.skipIf(!findCli())("is a schema that Pulumi reads", () => {
    // It is checked against Pulumi's schema of schemas first, and then as it is read to make an SDK.
    const printed = execFileSync("pulumi", ["schema", "check", join(root, PLUGIN_SCHEMA)], {
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      encoding: "utf8",
    });
    expect(printed).toBe("");
  });

  it("has every argument of a program, and says which of them replace a postback", () => {
    expect(Object.keys(resource.inputProperties).sort()).toEqual([...FIELD_NAMES].sort());
    const replacing = FIELD_NAMES.filter((name) => resource.inputProperties[name].willReplaceOnChanges);
    expect(replacing).toEqual(fieldsThat("replace"));
  });

  it("has every output of the lifecycle, and requires those that are always there", () => {
    const options = { suppress: { P12: "x" }, clickIdSlot: "s2", overlapUntil: "2026-12-31" } as const;
    const all = stateOf(ROW, "cake.example", { options });
    expect(Object.keys(resource.properties).sort()).toEqual(Object.keys(all).sort());
    const least = stateOf({ ...ROW, postbackType: "Pixel" }, "cake.example", {});
    expect([...resource.required].sort()).toEqual(Object.keys(least).sort());
  });

  it("has everything that a lookup answers, and requires what is always there", () => {
    for (const { properties, required } of [
      schema.functions["cake:index:getAffiliatePostback"].outputs,
      schema.types["cake:index:AffiliatePostbackRecord"],
    ]) {
      const all = recordOf(ROW, "cake.example");
      expect(Object.keys(properties).sort()).toEqual(Object.keys(all).sort());
      const least = recordOf({ ...ROW, postbackType: "Pixel" }, "cake.example");
      expect([...required].sort()).toEqual(Object.keys(least).sort());
    }
    const parts = schema.types["cake:index:UrlParts"];
    expect(Object.keys(parts.properties)).toEqual(Object.keys(recordOf(ROW, "").urlParts));
  });

  it("has every setting for stacks and for providers, and marks those that hold secrets", () => {
    for (const properties of [schema.config.variables, schema.provider.inputProperties]) {
      expect(Object.keys(properties)).toEqual(SETTING_NAMES);
      for (const name of SETTING_NAMES)
        expect(properties[name].secret ?? false).toBe("secret" in settings[name]);
    }
  });

  // An SDK would send them: the key of the environment would come into the state.
  it("gives no SDK a default, neither a value nor a variable of the environment", () => {
    expect(keysIn(schema)).not.toContain("default");
    expect(keysIn(schema)).not.toContain("defaultInfo");
  });

  it("defines every type that it refers to, and no other", () => {
    const used = textsUnder(schema, "$ref").filter((ref) => ref !== "pulumi.json#/Any");
    const defined = Object.keys(schema.types).map((token) => `#/types/${token}`);
    expect([...new Set(used)].sort()).toEqual(defined.sort());
  });

  it("describes everything in words that read right in every language", () => {
    const texts = textsUnder({ ...schema, description: undefined }, "description").map(withoutUsage);
    expect(texts.length).toBeGreaterThan(80);
    for (const text of texts) {
      expect(text).toMatch(/^[\w`].*\.$/s);
      expect(text).not.toMatch(
        /\{@|=>|→|\bnew [A-Z]|\bundefined\b|\bPromise\b|TypeScript|```|\bdocs\/(?!\w+\.md\b)/,
      );
      expect(unwantedWords(text)).toEqual([]);
    }
  });
});

/** An SDK keeps only the examples of its own language. */
function withoutUsage(text: string): string {
  return text.split("\n\n{{% examples %}}")[0] ?? "";
}

/** Each object, with the key that it stands under. What is keyed by names of the schema's own is no keyword. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const one of Object.values(value)) yield* objectsIn(one);
}

function keysIn(value: unknown): string[] {
  return [...objectsIn(value)].flatMap((object) => Object.keys(object));
}

function textsUnder(value: unknown, key: string): string[] {
  return [...objectsIn(value)].flatMap((object) => (typeof object[key] === "string" ? [object[key]] : []));
}
