import type { SettingsSource } from "../settings/resolve";

/** The value of a setting by its full name, `cake:domain`, as the engine sent it. */
export type Config = (key: string) => unknown;

/** Settings as texts, which a stack's file holds; an explicit provider may hold other JSON. */
export function settingTexts(config: Config): SettingsSource["config"] {
  return (key) => {
    const value = readOrNothing(config, key);
    if (value === undefined || value === null) return undefined;
    return typeof value === "string" ? value : JSON.stringify(value);
  };
}

// A process that never got a configuration has a config that throws: that counts as no setting.
function readOrNothing(config: Config, key: string): unknown {
  try {
    return config(key);
  } catch {
    return undefined;
  }
}
