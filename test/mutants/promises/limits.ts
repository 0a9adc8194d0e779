import type { Mutant } from "../mutant";

const LIMIT = "unit/lifecycle/safety/changeLimit.test.ts";
const DIFF = "unit/lifecycle/diff.test.ts";

/** A run stops before it changes more live postbacks than anybody means to. */
export const limits: readonly Mutant[] = [
  {
    guard: "many changes at once stop",
    file: "lifecycle/safety/changeLimit.ts",
    text: "if (reached !== undefined) throw",
    instead: "if (reached === null) throw",
    cases: {
      [LIMIT]: [
        "stops, names the postback",
        "up to their own limit",
        "admits no more of those that come at once",
        "stop the preview at the limit",
      ],
    },
  },
  {
    guard: "deactivations have a limit of their own",
    file: "lifecycle/safety/changeLimit.ts",
    text: "if (isOff && deactivations >= limits.deactivations)",
    instead: "if (isOff && deactivations < 0)",
    cases: { [LIMIT]: ["stops, names the postback"] },
  },
  {
    guard: "a person allows as many changes as they say, and no more",
    file: "lifecycle/safety/changeLimit.ts",
    text: "return changes >= allowed ?",
    instead: "return changes < 0 ?",
    cases: { [LIMIT]: ["may do so many as a person allows"] },
  },
  {
    guard: "a planned replacement counts in diff",
    file: "lifecycle/diff.ts",
    text: "    context.changeLimit.plan(String(postbackId), name);\n",
    instead: "",
    cases: { [LIMIT]: ["stop the preview at the limit, so that nothing is made or deactivated"] },
  },
  {
    guard: "the delete of a replacement that was counted is never refused",
    file: "lifecycle/safety/changeLimit.ts",
    text: '    if (change === "deactivation" && records.some((record) => this.paid.has(record))) return;\n',
    instead: "",
    cases: { [LIMIT]: ["pay for their deletes, which are never refused"] },
  },
  {
    guard: "a replacement is counted once",
    file: "lifecycle/safety/changeLimit.ts",
    text: "    if (this.paid.has(record)) return;\n",
    instead: "",
    cases: { [LIMIT]: ["are counted once, however often a run compares them"] },
  },
  {
    guard: "a refresh plans no replacement",
    file: "lifecycle/diff.ts",
    text: "if (isDeclared && replaces.length > 0) {",
    instead: "if (replaces.length > 0) {",
    cases: {
      [LIMIT]: ["are not counted where a refresh compares without a check"],
      [DIFF]: ["owns nothing and plans nothing"],
    },
  },
  {
    guard: "a replacement whose old postback cannot be deactivated stops before the new one is made",
    file: "lifecycle/diff.ts",
    text: "if (certain.length > 0 && !context",
    instead: "if (certain.length < 0 && !context",
    cases: { [DIFF]: ["a replacement is refused before the new postback is made"] },
  },
];
