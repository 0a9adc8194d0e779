import { CLICK_ID_SLOTS, macrosIn } from "../macros";
import { findingsAt, type UrlComponent, urlParameters } from "../reading/reading";
import { clickIdParameters } from "../trackers/trackerAt";
import { type Candidate, type Finding, PLACES, type UrlRule } from "./rule";

const SLOTS: ReadonlySet<string> = new Set(CLICK_ID_SLOTS);

/** IDs that people send instead of the click ID, and what they are. */
const OTHER_IDS: ReadonlyMap<string, string> = new Map([
  ["reqid", "CAKE's ID of the session"],
  ["reqsessid", "an ID of CAKE that no list of macros explains"],
  ["oreqid", "CAKE's ID of the offer's request"],
  ["leadid", "CAKE's ID of the conversion"],
  ["tid", "the advertiser's transaction ID"],
]);

/** Click IDs of advertising platforms that may be longer than the 100 characters of a sub ID. */
const LONG_CLICK_IDS = new Set(["gclid", "gbraid", "wbraid", "fbclid", "ttclid"]);

const noClickId: UrlRule = {
  id: "P03",
  name: "no-click-id",
  title: "no click ID",
  severity: "warning",
  runsIn: PLACES,
  why: "Without a sub ID the partner cannot match the conversion to a click, and drops it. This is the most frequent mistake.",
  source: "Keitaro's and smartadv's troubleshooting pages; CAKE article 13000118838",
  fix: "Send the sub ID that carries the partner's click ID, usually #s2#.",
  bad: "https://t.partner.net/pb?payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ postbackUrl }) =>
    slotsIn(postbackUrl).length > 0
      ? []
      : [{ part: "the URL", what: "has none of #s1# to #s5#, so the partner cannot find the click" }],
};

const sourceAsClickId: UrlRule = {
  id: "P04",
  name: "source-as-click-id",
  title: "the partner's source as click ID",
  severity: "warning",
  runsIn: PLACES,
  why: "#s1# usually carries the partner's source: 50 characters, the same for many clicks. The partner matches no click, or the wrong one.",
  source: "CAKE article 5000545977",
  fix: 'Send the sub ID that carries the click ID, usually #s2#. If it really is s1, set clickIdSlot: "s1".',
  bad: "https://t.partner.net/pb?cid=#s1#&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ postbackUrl, clickIdSlot }) =>
    clickIdFindings(postbackUrl, ({ value }) => {
      const isSource = clickIdSlot !== "s1" && isOneSlot(value, "s1");
      return isSource ? "gets #s1#, which is the partner's source and not its click ID" : undefined;
    }),
};

const otherIdAsClickId: UrlRule = {
  id: "P05",
  name: "other-id-as-click-id",
  title: "an ID that is not the partner's as click ID",
  severity: "warning",
  runsIn: PLACES,
  why: "The partner knows only its own click IDs. An ID of CAKE or of the advertiser matches none of them, and the session ID repeats.",
  source: "CAKE articles 5000546059 and 13000103758; Keitaro's troubleshooting page",
  fix: "Send the sub ID that carries the partner's click ID, usually #s2#.",
  bad: "https://t.partner.net/pb?cid=#reqid#&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ postbackUrl }) =>
    clickIdFindings(postbackUrl, ({ value }) => {
      const other = macrosIn(value).find((name) => OTHER_IDS.has(name));
      if (other === undefined || slotsIn(value).length > 0) return undefined;
      return `gets #${other}#, which is ${OTHER_IDS.get(other)} and not the partner's click ID`;
    }),
};

const otherSlot: UrlRule = {
  id: "P06",
  name: "other-click-id-slot",
  title: "another sub ID than the declared one",
  severity: "warning",
  runsIn: PLACES,
  why: "clickIdSlot names the sub ID that the offer links fill with the click ID. Another sub ID carries something else, and the conversion matches no click.",
  source: "a public runbook of an operator: the slot must equal the one in the offer link",
  fix: "Send the sub ID that clickIdSlot names, or set clickIdSlot to the one that the offer links fill.",
  bad: "https://t.partner.net/pb?cid=#s3#&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: otherSlots,
};

const longClickId: UrlRule = {
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
  find: ({ postbackUrl }) =>
    findingsAt(urlParameters(postbackUrl), ({ name, value }) =>
      LONG_CLICK_IDS.has(name.toLowerCase()) && slotsIn(value).length === 1
        ? [{ what: "may be longer than the one sub ID that it gets" }]
        : [],
    ),
};

/** The rules about the partner's click ID: without it, the partner counts nothing. */
export const clickIdRules: readonly UrlRule[] = [
  ...[noClickId, sourceAsClickId, otherIdAsClickId, otherSlot],
  longClickId,
];

function otherSlots({ postbackUrl, clickIdSlot }: Candidate): Finding[] {
  if (clickIdSlot === undefined) return [];
  const differs = (slots: readonly string[]) => slots.length > 0 && !slots.includes(clickIdSlot);
  const what = `#${clickIdSlot}#, which clickIdSlot names`;
  if (clickIdParameters(postbackUrl).length === 0) {
    const isElsewhere = differs(slotsIn(postbackUrl));
    return isElsewhere ? [{ part: "the URL", what: `has another sub ID, and not ${what}` }] : [];
  }
  return clickIdFindings(postbackUrl, ({ value }) =>
    differs(slotsIn(value)) ? `gets #${slotsIn(value)[0]}#, and not ${what}` : undefined,
  );
}

function clickIdFindings(url: string, wrong: (component: UrlComponent) => string | undefined): Finding[] {
  return findingsAt(clickIdParameters(url), (component) => {
    const what = wrong(component);
    return what === undefined ? [] : [{ what, quoted: component.value }];
  });
}

function isOneSlot(value: string, slot: string): boolean {
  const slots = slotsIn(value);
  return slots.length > 0 && slots.every((one) => one === slot);
}

function slotsIn(text: string): string[] {
  return macrosIn(text).filter((name) => SLOTS.has(name));
}
