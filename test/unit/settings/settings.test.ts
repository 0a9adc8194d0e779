import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  defaultOf,
  keyVariableOf,
  meaningOf,
  SETTING_NAMES,
  type SettingSchema,
  settings,
} from "../../../provider/settings/settings";
import { membersOf, sourceFile } from "../../docs/docstrings";

const descriptions = Object.entries<SettingSchema>(settings);

describe("the table of settings", () => {
  it("names each variable after its setting", () => {
    for (const [name, { variable }] of descriptions) {
      expect(variable).toBe(`CAKE_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`);
    }
  });

  it("says of each what it means and what holds without it", () => {
    for (const [, schema] of descriptions) {
      expect(meaningOf(schema)).toMatch(/^[A-Z`].*\.$/s);
      expect(defaultOf(schema)).not.toBe("");
    }
  });

  // An editor shows the docs of a program's types, which no table can give them.
  it("says the same as the docs of the Provider's arguments", () => {
    const file = sourceFile(join(__dirname, "../../../provider/resource/provider.ts"));
    const documented = membersOf(file, "ProviderArgs").filter(({ name }) => name !== "apiKey");
    const plain = (text: string) => text.replace(/\s+/g, " ").replace(/[`"]/g, "").trim();
    for (const { name, text, fallback } of documented) {
      const schema: SettingSchema = settings[name as keyof typeof settings];
      const byDefault = name === "domain" ? "" : defaultOf(schema);
      expect([name, plain(text), plain(fallback)]).toEqual([
        name,
        plain(meaningOf(schema)),
        plain(byDefault),
      ]);
    }
    expect(documented).toHaveLength(SETTING_NAMES.length - 1);
  });

  it("calls secret what may hold one", () => {
    expect(SETTING_NAMES.filter((name) => "secret" in settings[name])).toEqual(["apiKey", "proxy"]);
  });
});

describe("the key variable of an explicit provider", () => {
  it.each([
    ["eu", "CAKE_EU_API_KEY"],
    ["EU", "CAKE_EU_API_KEY"],
    ["eu-2", "CAKE_EU_2_API_KEY"],
    ["eu.2", "CAKE_EU_2_API_KEY"],
    ["ü", "CAKE___API_KEY"],
  ])("of %s is %s", (name, variable) => {
    expect(keyVariableOf(name)).toBe(variable);
  });
});
