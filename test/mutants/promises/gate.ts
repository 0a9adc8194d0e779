import type { Mutant } from "../mutant";

const CHECK = "unit/lifecycle/check.test.ts";
const DECLARED = "unit/lifecycle/safety/duplicateDeclarations.test.ts";
const ADOPTION = "unit/lifecycle/safety/adoption.test.ts";
const LIVE = "unit/lifecycle/safety/liveDuplicates.test.ts";
const READ = "unit/lifecycle/read.test.ts";
const FINDINGS = "unit/resource/findings.test.ts";

/** Rules and duplicates are judged when a URL is new or changed; an error stops. */
export const gate: readonly Mutant[] = [
  {
    guard: "an error of a rule stops a new or changed URL",
    file: "lifecycle/check.ts",
    text: "return urlHash(url) !== olds.__applied;",
    instead: "return urlHash(url) === olds.__applied;",
    cases: { [CHECK]: ["stops a new URL", "stops a changed URL", "stops what the project makes an error"] },
  },
  {
    guard: "after a change in CAKE, only the URL that was applied last passes unjudged",
    file: "lifecycle/check.ts",
    text: "return urlHash(url) !== olds.__applied;",
    instead: "return olds.__applied === undefined;",
    cases: { [CHECK]: ["opens the gate for no other URL"] },
  },
  {
    guard: "what is changed in place is not replaced",
    file: "lifecycle/check.ts",
    text: "forced !== undefined && context.replacements.isChanged(urn);",
    instead: "false;",
    cases: { [CHECK]: ["refuses the replacement of what its diff says is changed in place"] },
  },
  {
    guard: "a refresh keeps the hash of the URL that was applied last",
    file: "lifecycle/state.ts",
    text: "    ...(isApplied ? {} : { __applied: known.applied }),\n",
    instead: "",
    cases: { [READ]: ["with the hash of the one that was applied last", "through further refreshes"] },
  },
  {
    guard: "that hash goes with the next update",
    file: "lifecycle/update.ts",
    text: "const known = { ...knownFrom(olds), applied: undefined, options: reviewOptionsOf(news) };",
    instead: "const known = { ...knownFrom(olds), options: reviewOptionsOf(news) };",
    cases: { [READ]: ["and declared so with another status leaves no hash either"] },
  },
  {
    guard: "that hash goes when the program declares the live URL",
    file: "lifecycle/update.ts",
    text: 'of [...REVIEW_OPTIONS, "__applied"] as const) delete',
    instead: "of REVIEW_OPTIONS) delete",
    cases: { [READ]: ["and declared so then is recorded without a call, and the hash goes"] },
  },
  {
    guard: "an adopted URL that breaks a rule must be the live one, byte for byte",
    file: "lifecycle/safety/adoption.ts",
    text: "if (broken.length > 0) throw",
    instead: "if (broken.length < 0) throw",
    cases: { [ADOPTION]: ["is refused in another spelling than the live one"] },
  },
  {
    guard: "what exists is not adopted once more",
    file: "lifecycle/check.ts",
    text: "if (context.replacements.isKnown(urn)) delete inputs.adopt;",
    instead: "",
    cases: {
      [CHECK]: ["is no longer adopted once the resource exists", "is no longer adopted in the second check"],
      [ADOPTION]: ["is refused at the edit that follows the adoption"],
    },
  },
  {
    guard: "the second check of a replacement, without old inputs, is known as such",
    file: "lifecycle/check.ts",
    text: "context.replacements.isKnown(urn)",
    instead: "Object.keys(olds).length > 0",
    cases: { [CHECK]: ["is no longer adopted in the second check of a replacement"] },
  },
  {
    guard: "two resources that declare one postback stop in check",
    file: "lifecycle/safety/duplicateDeclarations.ts",
    text: 'return [{ severity: "error", message: messages.declaredTwice(candidate) }];',
    instead: "return [];",
    cases: {
      [DECLARED]: ["are refused in preview", "are refused where one is new", "whatever the project thinks"],
    },
  },
  {
    guard: "two resources that fire twice stop in check",
    file: "lifecycle/safety/duplicateDeclarations.ts",
    text: "return [{ severity: decided, message: text(candidate) }];",
    instead: "return [];",
    cases: {
      [DECLARED]: ["two resources that fire for the same conversions are refused: "],
      [CHECK]: ["stop the preview of the second"],
    },
  },
  {
    guard: "postbacks that fire beside each other are said in check",
    file: "lifecycle/check.ts",
    text: 'context.logOnce("warning", message);',
    instead: "context.today;",
    cases: { [CHECK]: ["on two hosts warn in the preview", "with different sub IDs warn in the preview"] },
  },
  {
    guard: "an overlap ends with its day",
    file: "postback/rules/crossRule.ts",
    text: '(candidate[allowedUntil] ?? "") >= today',
    instead: "candidate[allowedUntil] !== undefined",
    cases: { [DECLARED]: ["are refused from the day after"], [LIVE]: ["or an overlap that is over"] },
  },
  {
    guard: "only the suppression of firing twice allows a second postback",
    file: "postback/rules/crossRule.ts",
    text: "Object.hasOwn(suppress, id)",
    instead: "Object.keys(suppress).length > 0",
    cases: { [LIVE]: ["by a suppression of another rule"] },
  },
  {
    guard: "what is in the state already is judged beside new postbacks only",
    file: "lifecycle/safety/countedKeys.ts",
    text: '[all ? "all" : "isNew"]',
    instead: '["all"]',
    cases: { [DECLARED]: ["are left alone where both are in the state"] },
  },
  {
    guard: "a create with another sub ID stops where the project says so",
    file: "lifecycle/safety/usualSlot.ts",
    text: 'if (level === "error") throw new UnsafeOperationError(message);',
    instead: "",
    cases: { [LIVE]: ["is refused where the project says so"] },
  },
  {
    guard: "an equal active postback stops a create",
    file: "lifecycle/safety/liveDuplicates.ts",
    text: "const refused = equal.length > 0 ? equal : found",
    instead: "const refused = equal.length > 0 ? [] : found",
    cases: {
      [LIVE]: ["an equal active postback stops a create with its id", "in another spelling of its URL"],
    },
  },
  {
    guard: "an active postback that fires twice stops a create",
    file: "lifecycle/safety/liveDuplicates.ts",
    text: 'found.filter(({ severity }) => severity === "error").map(idOf)',
    instead: "[]",
    cases: {
      [LIVE]: ["fires for the same conversions stops a create with", "made since the state was read"],
    },
  },
  {
    guard: "an inactive postback stops nothing",
    file: "postback/rules/firesTwice.ts",
    text: "if (!isActive(candidate)) return [];",
    instead: "",
    cases: { [LIVE]: ["by an inactive equal one"] },
  },
  {
    guard: "an update of URL or status stops at an active duplicate",
    file: "lifecycle/update.ts",
    text: "await requireNoDuplicate(context, urn, { ...news, postbackId: olds.postbackId });",
    instead:
      "requireNoDuplicate(context, urn, { ...news, postbackId: olds.postbackId }).catch(() => undefined);",
    cases: { [LIVE]: ["an update of URL or status is stopped", "that activates is stopped"] },
  },
  {
    guard: "an adoption that activates stops at an active duplicate",
    file: "lifecycle/safety/adoption.ts",
    text: 'if (isChanged && inputs.postbackStatus === "active")',
    instead: "if (isChanged && postbackId < 0)",
    cases: { [ADOPTION]: ["is not activated beside an equal active one"] },
  },
  {
    guard: "what a resource replaces is no duplicate of its own replacement only",
    file: "lifecycle/safety/replacements.ts",
    text: "this.byRecord.get(postbackId)?.urn !== urn",
    instead: "this.byRecord.get(postbackId) === undefined",
    cases: { [LIVE]: ["another resource's stops it"] },
  },
  {
    guard: "a plain secret stops before registration where the project says so",
    file: "resource/findings.ts",
    text: "    requireSecret(await findingsIn(values, { rules, domain: undefined }));\n",
    instead: "",
    cases: { [FINDINGS]: ["stops it before anything is registered"] },
  },
  {
    guard: "a plain secret that a transform brings stops the program where the project says so",
    file: "resource/findings.ts",
    text: "    requireSecret(found);\n",
    instead: "",
    cases: { [FINDINGS]: ["stops the program when it is registered"] },
  },
];
