import { alternatives, message } from "../../message";
import { plural } from "../output/text";
import type { ReviewCounts } from "./report";

const NOTHING_REVIEWED = "Nothing was reviewed.";

/** What review says about its options. */
export const messages = {
  /** A review is Markdown or JSON, and a work list is a table, a CSV or a list of IDs. The chosen format belongs to the other one. */
  formatUnsupported: (format: string, expected: readonly string[], what: string) =>
    message(
      "review-format-unsupported",
      `--format ${format} does not fit ${what}.`,
      NOTHING_REVIEWED,
      `Use --format ${alternatives(expected)}.`,
    ),
  /** The options `--base` and `--head` name the two previews of one comparison, and one of them is missing. */
  headMissing: () =>
    message(
      "review-head-missing",
      "--base and --head need each other.",
      NOTHING_REVIEWED,
      "Run: pulumi-cake review --base base.json --head head.json",
    ),
  /** Two previews are compared with each other, or one preview with the state of its stack. Both at once are not possible. */
  baseExcludes: (other: string) =>
    message(
      "review-base-excludes",
      `--base and --head exclude ${other}.`,
      NOTHING_REVIEWED,
      `Give either ${other}, or --base and --head.`,
    ),
  /** A person edits CAKE after this list, and the next run records the edits as made. A list that lacks one would record too much. */
  workListIncomplete: (gaps: readonly string[]) =>
    message(
      "review-work-list-incomplete",
      "the preview does not show every change.",
      "The work list could lack edits, so none is printed.",
      "Run the preview again:",
      `\n${gaps.join("\n")}`,
    ),
};

/** What the changes were compared with. */
export const comparisons = {
  programs: "Compared: the program of the base with that of the head. Neither the state nor CAKE was read.",
  state: "Compared with the state of the stack after its last run or refresh.",
  nothing: "Compared with nothing: the preview shows no existing postback of the stack.",
};

/** Sentences of the comment. */
export const phrases = {
  headline: ({ create, update, replace, delete: removed, deactivated, keptActive, same }: ReviewCounts) => {
    const kept = keptActive > 0 ? `, ${keptActive} kept active` : "";
    const kinds = `${create} new, ${update} changed, ${replace} replaced, ${removed} removed`;
    return `${kinds}; ${deactivated} deactivated${kept}, ${same} unchanged`;
  },
  overApproved: (changes: number, approved: number) =>
    `${plural(changes, "change")}, and --allow-changes is ${approved}`,
  tooManyChanges: (changes: number, most: number) =>
    `${plural(changes, "change")}, and --max-changes is ${most}`,
  tooManyDeactivations: (deactivations: number, most: number) =>
    `${plural(deactivations, "deactivation")}, and --max-deactivations is ${most}`,
  sampleHidden: "what the partner will receive cannot be shown: the URL is secret or unknown",
  notShown: (counts: string) =>
    `The comment is full. Not shown: ${counts}. \`--format json\` shows every change.`,
  unreadableUrls: (count: number) =>
    `The URL of ${plural(count, "change")} could not be read: it is secret or unknown.`,
};
