import { hostNameOf, isSubdomainOf } from "../rules/hosts";
import { plainName, splitUrl, type UrlComponent, urlParameters } from "../rules/urlParameters";
import { TRACKERS } from "./index";
import type { Parameter } from "./parameters";
import type { Tracker } from "./tracker";

/** The tracker that a URL leads to, where its host or its shape shows it. Most hosts are the partner's own. */
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

/** The parameter that tells two conversions of one click apart, where the tracker drops the second one without it. */
export function transactionIdOf(tracker: Tracker): string | undefined {
  const { transactionId } = tracker.parameters as Readonly<Record<string, Parameter>>;
  return tracker.dedupes ? transactionId?.name : undefined;
}

// Most certain first: beside a clickid, a subid is the partner's source, and a transaction_id is one.
const CLICK_ID_NAMES = ["clickid", "cid", "click", "cnvid", "subid", "transactionid"];

/** The parameters that take the click id, by what the tracker is known to call it or by the names that are usual. */
export function clickIdParameters(url: string): UrlComponent[] {
  const byName = new Map<string, UrlComponent[]>();
  for (const component of urlParameters(url)) {
    const components = byName.get(plainName(component.name));
    if (components) components.push(component);
    else byName.set(plainName(component.name), [component]);
  }
  const own = trackerAt(url)?.parameters.clickId.name;
  const sought = [...(own === undefined ? [] : [plainName(own)]), ...CLICK_ID_NAMES];
  return sought.map((name) => byName.get(name) ?? []).find((components) => components.length > 0) ?? [];
}
