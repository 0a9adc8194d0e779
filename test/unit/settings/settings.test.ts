import { describe, expect, it } from "vitest";
import {
  keyVariableOf,
  SETTING_NAMES,
  type SettingDescription,
  settings,
} from "../../../provider/settings/settings";

const descriptions = Object.entries<SettingDescription>(settings);

describe("the table of settings", () => {
  it("names each variable after its setting", () => {
    for (const [name, { variable }] of descriptions) {
      expect(variable).toBe(`CAKE_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`);
    }
  });

  it("says of each what it means and what holds without it", () => {
    for (const [, { meaning, byDefault }] of descriptions) {
      expect(meaning).toMatch(/^[A-Z`].*\.$/s);
      expect(byDefault).not.toBe("");
    }
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
