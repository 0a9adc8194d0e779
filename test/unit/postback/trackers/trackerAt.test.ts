import { describe, expect, it } from "vitest";
import { evaluate, stops } from "../../../../provider/postback/rules/evaluate";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";
import { TRACKER_NAMES, TRACKERS } from "../../../../provider/postback/trackers";
import type { TrackerName } from "../../../../provider/postback/trackers/options";
import { trackers } from "../../../../provider/postback/trackers/templates";
import { trackerAt } from "../../../../provider/postback/trackers/trackerAt";
import { PARTNER_SIDES } from "../../../docs/trackers";

/** Options without which a URL of the tracker could be another tracker's. */
const DISTINCTIVE: Partial<Record<TrackerName, object>> = {
  voluum: { status: "Sale" },
  redtrack: { type: "Sale" },
};

function templateOn(domain: string, name: TrackerName, options: object = {}): string {
  const template = trackers[name] as (options: object) => string;
  return template({ domain, ...PARTNER_SIDES[name].required, ...options });
}

const HOSTS = TRACKER_NAMES.flatMap((name) => TRACKERS[name].hosts.map((host) => [name, host] as const));

describe("the tracker that a URL leads to", () => {
  it.each(HOSTS)("is %s below its own host %s", (name, host) => {
    expect(trackerAt(templateOn(host, name))?.name).toBe(TRACKERS[name].name);
    expect(trackerAt(templateOn(`acme.${host}`, name))?.name).toBe(TRACKERS[name].name);
  });

  it.each(TRACKER_NAMES.filter((name) => "isAt" in TRACKERS[name]))("is %s by its shape", (name) => {
    expect(trackerAt(templateOn("track.partner.net", name, DISTINCTIVE[name]))?.name).toBe(
      TRACKERS[name].name,
    );
  });

  it("is unknown where another tracker has the same shape", () => {
    expect(trackerAt("https://track.partner.net/postback?cid=#s2#&payout=#price#")).toBeUndefined();
  });

  it.each(TRACKER_NAMES)("finds no error in the template for %s, wherever it is hosted", (name) => {
    const urls = ["track.partner.net", ...TRACKERS[name].hosts].map((host) => templateOn(host, name));
    for (const postbackUrl of urls)
      expect(evaluate({ postbackUrl }, defaultRuleSettings, { isSecret: true }).filter(stops)).toEqual([]);
  });
});
