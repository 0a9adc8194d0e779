import { hostNameOf, isSubdomainOf } from "../reading/hosts";
import { plainName, splitUrl, type UrlComponent, urlParameters } from "../reading/reading";
import { TRACKERS } from "./index";
import type { Parameter } from "./parameters";
import type { Tracker } from "./tracker";

/** The tracker of a URL, if its host, path or parameters show it. Most partners use their own host. */
export function trackerAt(url: string): Tracker | undefined {
  const host = hostNameOf(url) ?? "";
  const shape = {
    path: splitUrl(url).path,
    parameters: new Set(urlParameters(url).map(({ name }) => name)),
  };
  const all: readonly Tracker[] = Object.values(TRACKERS);
  return all.find((one) => isOwnHost(one, host)) ?? all.find(({ isAt }) => isAt?.(shape));
}

export function isOwnHost({ hosts }: Tracker, host: string): boolean {
  return isSubdomainOf(host.replace(/:\d+$/, ""), hosts);
}

/** The parameter that distinguishes two conversions of one click, if the tracker drops the second one without it. */
export function transactionIdOf(tracker: Tracker): string | undefined {
  const { transactionId } = tracker.parameters as Readonly<Record<string, Parameter>>;
  return tracker.dedupes ? transactionId?.name : undefined;
}

// The most certain name is first: next to a clickid, a subid is the partner's source, and a transaction_id is no click
// ID.
const CLICK_ID_NAMES = ["clickid", "cid", "click", "cnvid", "subid", "transactionid"];

/** The parameters for the click ID: the one that the tracker is known to use, or one with a usual name. */
export function clickIdParameters(url: string): UrlComponent[] {
  const byName = new Map<string, UrlComponent[]>();
  for (const component of urlParameters(url)) {
    const components = byName.get(plainName(component.name));
    if (components) components.push(component);
    else byName.set(plainName(component.name), [component]);
  }
  const own = trackerAt(url)?.parameters.clickId.name;
  const names = [...(own === undefined ? [] : [plainName(own)]), ...CLICK_ID_NAMES];
  return names.map((name) => byName.get(name) ?? []).find((components) => components.length > 0) ?? [];
}
