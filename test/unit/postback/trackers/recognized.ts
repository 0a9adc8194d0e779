import { TRACKERS } from "../../../../provider/postback/trackers";
import type { TrackerName } from "../../../../provider/postback/trackers/options";

/** Whether a URL can say that it belongs to this tracker: on its own domain, or by a shape that no other tracker has. */
export function isRecognized(name: TrackerName): boolean {
  const { hosts, isAt } = TRACKERS[name];
  return hosts.length > 0 || isAt !== undefined;
}
