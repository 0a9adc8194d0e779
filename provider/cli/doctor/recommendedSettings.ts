import { resolveSettings, type Settings } from "../../settings/resolve";
import { SETTING_NAMES } from "../../settings/settings";
import type { Finding } from "./check";
import type { Context } from "./context";
import type { RecommendedSetting } from "./report";

/** The settings to give a stack for this instance, as far as they differ from the defaults. */
export function recommendedSettings(
  { url, settings }: Context,
  findings: readonly Finding[],
): RecommendedSetting[] {
  const domain = url.protocol === "https:" ? url.host : url.origin;
  const all: readonly RecommendedSetting[] = [
    { name: "domain", value: domain, why: "the instance" },
    { name: "apiKey", value: null, why: "Pulumi asks for it" },
    ...changedSettings(settings),
    ...findings.flatMap((finding) => finding.settings ?? []),
  ];
  // What a check found comes later, and counts more than what is set.
  const byName = new Map(all.map((setting) => [setting.name, setting]));
  return SETTING_NAMES.flatMap((name) => byName.get(name) ?? []);
}

const DEFAULTS = resolveSettings({ config: () => undefined, env: {} });

function changedSettings(settings: Settings): RecommendedSetting[] {
  const [now, ordinary] = [callSettings(settings), callSettings(DEFAULTS)];
  const names = Object.keys(now) as (keyof typeof now)[];
  return names
    .filter((name) => now[name] !== ordinary[name])
    .map((name) => ({ name, value: now[name], why: "as set now" }));
}

/** The settings that decide how an instance is called, as a stack's configuration has them. */
export function callSettings(settings: Settings) {
  const { requestTimeoutMs, operationTimeoutMs, listLagMs } = settings;
  return {
    endpoints: settings.endpoints,
    paths: JSON.stringify(settings.paths),
    pageSize: String(settings.pageSize),
    concurrency: String(settings.concurrency),
    callsPerSecond: String(settings.callsPerSecond),
    requestTimeout: String(requestTimeoutMs / 1000),
    operationTimeout: String(operationTimeoutMs / 1000),
    listLag: String(listLagMs / 1000),
  };
}
