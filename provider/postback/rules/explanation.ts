import { OWN_RULE } from "./ownRules";
import type { Candidate, RuleDescription } from "./rule";

/** Where a rule is explained, from the root of this package: `docs/rules.md#p08-unknown-macro`. */
export function rulePage({ id, name }: Pick<RuleDescription, "id" | "name">): string {
  return name === OWN_RULE ? "docs/rules.md#rules-of-your-own" : `docs/rules.md#${id}-${name}`.toLowerCase();
}

/** A part of what explains a rule. */
interface ExplanationPart {
  readonly label: "Runs in" | "Why" | "Bad" | "Good" | "What to do" | "Source";
  readonly text: string;
  /** Whether the text is a URL, not a sentence. */
  readonly isUrl: boolean;
}

/** A URL, or postbacks of one affiliate. */
type Example = string | readonly Candidate[];

/** A rule and its examples. */
export interface ExplainedRule extends RuleDescription {
  readonly bad: Example;
  readonly good: Example;
}

/** What explains a rule, in the same order for every output. */
export function explanationOf({ runsIn, why, bad, good, fix, source }: ExplainedRule): ExplanationPart[] {
  const sentence = (label: ExplanationPart["label"], text: string) => ({ label, text, isUrl: false });
  const example = (label: ExplanationPart["label"], given: Example) =>
    typeof given === "string"
      ? { label, text: shortExample(given), isUrl: true }
      : sentence(label, exampleText(given));
  return [
    sentence("Why", why),
    example("Bad", bad),
    example("Good", good),
    sentence("What to do", fix),
    sentence("Runs in", runsIn.join(", ")),
    sentence("Source", source),
  ];
}

// A URL that is this long says by its length alone what is wrong. A list has spaces.
const LONGEST_EXAMPLE = 120;

function shortExample(url: string): string {
  if (url.length <= LONGEST_EXAMPLE || /\S\s/.test(url)) return url;
  return `${url.slice(0, LONGEST_EXAMPLE / 2)}… (${url.length.toLocaleString("en")} characters)`;
}

/** An example in one line. */
export function exampleText(all: Example): string {
  if (typeof all === "string") return all;
  const listed = all.map(({ offerId, postbackUrl, postbackStatus }) => {
    const status = postbackStatus === undefined ? "" : ` (${postbackStatus})`;
    return `${postbackUrl}${status} for offer ${offerId}`;
  });
  return `affiliate ${all[0]?.affiliateId} has ${listed.join(", and ")}`;
}
