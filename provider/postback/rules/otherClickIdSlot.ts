import { slotsAmong } from "../reading/reading";
import { rolesOf } from "../trackers/roles";
import { PLACES, type UrlRule } from "./rule";

/** P06: the click ID comes from another sub ID than the program says. */
export const otherClickIdSlot: UrlRule = {
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
  find: (url, { clickIdSlot }) => {
    if (clickIdSlot === undefined) return [];
    const differs = (slots: readonly string[]) => slots.length > 0 && !slots.includes(clickIdSlot);
    const wanted = `#${clickIdSlot}#, which clickIdSlot names`;
    const { namedClickIds } = rolesOf(url);
    if (namedClickIds.length === 0) {
      const isElsewhere = differs(slotsAmong(url.macros));
      return isElsewhere ? [{ part: "the URL", what: `has another sub ID, and not ${wanted}` }] : [];
    }
    return namedClickIds
      .filter(({ macros }) => differs(slotsAmong(macros)))
      .map((part) => ({
        part,
        what: `gets #${slotsAmong(part.macros)[0]}#, and not ${wanted}`,
        quoted: part.value,
      }));
  },
};
