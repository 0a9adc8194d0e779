import { resolveSettings, type Settings } from "../../settings/resolve";
import { SETTING_NAMES } from "../../settings/settings";
import type { Finding } from "./check";
import type { Context } from "./context";
import type { FittingSetting } from "./report";

/** The settings to give a stack for this instance, as far as they are not what holds without them. */
export function fittingSettings({ url, settings }: Context, findings: readonly Finding[]): FittingSetting[] {
  const domain = url.protocol === "https:" ? url.host : url.origin;
  const all: readonly FittingSetting[] = [
    { name: "domain", value: domain, why: "the instance" },
    { name: "apiKey", value: null, why: "it is asked for" },
    ...asSetNow(settings),
    ...findings.flatMap((finding) => finding.settings ?? []),
  ];
  // What a look showed stands later, and counts more than what is set.
  const byName = new Map(all.map((setting) => [setting.name, setting]));
  return SETTING_NAMES.flatMap((name) => byName.get(name) ?? []);
}

const ORDINARY = resolveSettings({ config: () => undefined, env: {} });

function asSetNow(settings: Settings): FittingSetting[] {
  const [now, ordinary] = [kept(settings), kept(ORDINARY)];
  const names = Object.keys(now) as (keyof typeof now)[];
  return names
    .filter((name) => now[name] !== ordinary[name])
    .map((name) => ({ name, value: now[name], why: "as it is set now" }));
}

/** What decides how an instance is called, as a stack's configuration has it. */
function kept(settings: Settings) {
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
