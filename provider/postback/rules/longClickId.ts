import { slotsAmong } from "../reading/reading";
import { PLACES, type UrlRule } from "./rule";

/** Click IDs of advertising platforms that may be longer than the 100 characters of a sub ID. */
const LONG_CLICK_IDS = new Set(["gclid", "gbraid", "wbraid", "fbclid", "ttclid"]);

/** P22: the click ID may be longer than a sub ID. */
export const longClickId: UrlRule = {
  id: "P22",
  name: "long-click-id",
  title: "a click ID that may not fit",
  severity: "warning",
  runsIn: PLACES,
  why: "The click IDs of some advertising platforms are longer than the 100 characters of a sub ID. The rest is in the next sub ID, and the partner receives only the beginning.",
  source: "CAKE article 5000545788",
  fix: "Send the next sub ID, too: #s2##s3#.",
  bad: "https://t.partner.net/pb?cid=#s2#&gclid=#s4#",
  good: "https://t.partner.net/pb?cid=#s2#&gclid=#s4##s5#",
  find: ({ parameters }) =>
    parameters
      .filter(({ plain, macros }) => LONG_CLICK_IDS.has(plain) && slotsAmong(macros).length === 1)
      .map((part) => ({ part, what: "may be longer than the one sub ID that it gets" })),
};
