import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TRACKER_NAMES, TRACKERS } from "../../../../provider/postback/trackers";
import type { TrackerName } from "../../../../provider/postback/trackers/options";
import { recognizeTracker, trackers } from "../../../../provider/postback/trackers/templates";
import { trackerAt } from "../../../../provider/postback/trackers/trackerAt";
import { urlParts } from "../../../../provider/postback/url";
import { isRecognized } from "./recognized";

/** A published URL, with CAKE's macros, and hosts and IDs of nobody. */
interface Published {
  readonly tracker: TrackerName;
  readonly url: string;
  /** False if the template has another order of parameters, or lacks one. */
  readonly isMade?: false;
  readonly source: string;
}

/** Trackers for which nobody has published a complete URL. */
const UNPUBLISHED: readonly TrackerName[] = ["linktrust"];

const fixture = join(__dirname, "../../../fixtures/trackers.json");
const published = JSON.parse(readFileSync(fixture, "utf8")) as Published[];

describe("a published postback URL", () => {
  it.each(published)("belongs to $tracker: $url", ({ tracker, url }) => {
    const why = "give the template isAt, or a domain in hosts; with neither, its URLs belong to no tracker";
    expect(trackerAt(url)?.name, why).toBe(isRecognized(tracker) ? TRACKERS[tracker].name : undefined);
  });

  it.each(published.filter(({ tracker, isMade = true }) => isMade && isRecognized(tracker)))(
    "is made by the template for $tracker: $url",
    ({ tracker, url }) => {
      const found = recognizeTracker(url);
      expect(found?.tracker).toBe(tracker);
      expect((trackers[tracker] as (options?: object) => string)(found?.options)).toBe(url);
    },
  );

  it.each(published.filter(({ isMade }) => isMade === false))("is made by no template: $url", ({ url }) => {
    expect(recognizeTracker(url)).toBeUndefined();
  });

  it("has the shape of one tracker at most", () => {
    for (const { url } of published) {
      const { path, query } = urlParts(url);
      const shape = { path, parameters: new Set(Object.keys(query)) };
      const names = TRACKER_NAMES.filter((name) => TRACKERS[name].isAt?.(shape));
      expect(names.length, `${url}: ${names.join(", ")}`).toBeLessThanOrEqual(1);
    }
  });

  it("exists for each tracker of which somebody has published one", () => {
    const shown = new Set(published.map(({ tracker }) => tracker));
    const missing = TRACKER_NAMES.filter((name) => !shown.has(name) && !UNPUBLISHED.includes(name));
    expect(missing, "add a published URL to test/fixtures/trackers.json, or the name to UNPUBLISHED").toEqual(
      [],
    );
    expect(UNPUBLISHED.filter((name) => shown.has(name))).toEqual([]);
  });
});

describe("a URL of no tracker that has a template", () => {
  it.each([
    ["Go2mobi", "https://go2mobi.partner.net/pb/?api_key=d0c2b7e1&clickid=#s2#&payout=#price#"],
    ["Gambeat", "https://gambeat.partner.net/p?click_id=#s2#&event=FirstDeposit"],
    ["Kadam", "https://kadam.partner.net/ru/postback/?data=#s2#&cost=#price#&status=approved"],
    ["Kuala", "https://pub.kuala-partner.net/?tid=#s2#&subid1=#s1#&payout=#price#&xid=#leadid#"],
    ["Adspect", "https://rpc.adspect-partner.net/v1/postback?aid=7&cid=#s2#&sum=#price#"],
    ["Theory Rd", "https://trk.thr-partner.net/api/postback?click_id=#s2#&order_id=#leadid#&revenue=#price#"],
    ["Binom 2 with another URL", "https://binom2.partner.net/postback?clickid=#s2#&goal=approve"],
    [
      "ClickFlare's older path",
      "https://track.cf-partner.net/cf/postback?cid=#s2#&payout=#price#&txid=#tid#",
    ],
  ])("is not taken for one: %s", (_, url) => {
    expect(trackerAt(url)).toBeUndefined();
    expect(recognizeTracker(url)).toBeUndefined();
  });
});
