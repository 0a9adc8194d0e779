import { crossRules } from "../../postback/rules/crossRules";
import { firesTwice } from "../../postback/rules/firesTwice";
import type { PostbackSource, Subject } from "../input/postbackSource";

/** Rules that could not judge some postbacks of a source. */
export interface UncheckedRules {
  readonly source: string;
  readonly rules: readonly string[];
  /** How many postbacks they could not judge. */
  readonly postbacks: number;
  readonly why: string;
}

interface Need {
  readonly field: keyof Subject;
  readonly rules: readonly string[];
  /** From how many postbacks on the rules have something to judge. */
  readonly from: number;
  readonly why: string;
}

/** What rules need to know beside the URL. */
const NEEDS: readonly Need[] = [
  {
    field: "affiliateId",
    rules: crossRules.map(({ id }) => id),
    from: 2,
    why: "the affiliate ID is unknown",
  },
  { field: "offerId", rules: [firesTwice.id], from: 2, why: "the offer ID is unknown" },
  { field: "postbackTypeId", rules: ["P23"], from: 1, why: "the type is unknown" },
];

/** Which rules could not judge the postbacks of a source, and why. */
export function uncheckedRulesIn({ source, subjects }: PostbackSource): UncheckedRules[] {
  return NEEDS.filter(({ from }) => subjects.length >= from)
    .map(({ field, rules, why }) => ({
      source,
      rules,
      why,
      postbacks: subjects.filter((subject) => subject[field] === undefined).length,
    }))
    .filter(({ postbacks }) => postbacks > 0);
}
