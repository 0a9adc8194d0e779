import { UrlReading } from "../reading/reading";
import { TRACKERS } from "./index";
import type { Parameter } from "./parameters";
import type { Tracker } from "./tracker";

/** The tracker of a URL, if its host, path or parameters show it. Most partners use their own host. */
export function trackerOf(reading: UrlReading): Tracker | undefined {
  return reading.derive(findTracker);
}

/** The same for a URL that nobody else reads. */
export function trackerAt(url: string): Tracker | undefined {
  return trackerOf(new UrlReading(url));
}

const ALL: readonly Tracker[] = Object.values(TRACKERS);
const BY_HOST = new Map(ALL.flatMap((tracker) => tracker.hosts.map((host) => [host, tracker] as const)));
const BY_SHAPE = ALL.filter(({ isAt }) => isAt !== undefined);

function findTracker(reading: UrlReading): Tracker | undefined {
  const byHost = suffixesOf(reading.hostName ?? "").find((host) => BY_HOST.has(host));
  if (byHost !== undefined) return BY_HOST.get(byHost);
  const parameters = new Set(reading.parameters.map(({ name }) => name));
  return BY_SHAPE.find(({ isAt }) => isAt?.({ path: reading.path.text, parameters }));
}

// A host has few labels, but foreign text may have many dots.
const MAX_LABELS = 10;

function suffixesOf(host: string): string[] {
  const labels = host.replace(/:\d+$/, "").split(".", MAX_LABELS + 1);
  return labels.length > MAX_LABELS ? [] : labels.map((_, index) => labels.slice(index).join("."));
}

/** The tracker's parameter for the transaction ID, if it has one. */
export function transactionIdOf(tracker: Tracker): string | undefined {
  return (tracker.parameters as Readonly<Record<string, Parameter>>).transactionId?.name;
}
