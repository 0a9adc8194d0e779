import type { Mutant } from "../mutant";

const CREATE = "unit/lifecycle/create.test.ts";
const UPDATE = "unit/lifecycle/update.test.ts";
const DELETE = "unit/lifecycle/delete.test.ts";
const READ = "unit/lifecycle/read.test.ts";
const ADOPTION = "unit/lifecycle/safety/adoption.test.ts";
const DIFF = "unit/lifecycle/diff.test.ts";
const LOOKUP = "unit/lookup/lookup.test.ts";

const NOTHING_READ = "{ rows: new Map(), answered: 0, completenessIssues: [] }";

/** Nothing is written before CAKE was read, and that there is nothing to read is only ever a setting. */
export const readBeforeWrite: readonly Mutant[] = [
  {
    guard: "the list is checked before a create",
    file: "lifecycle/create.ts",
    text: "const { ids, existing } = await requireNoDuplicate(context, urn, inputs);",
    instead: "const { ids, existing } = { ids: [], existing: undefined };",
    cases: {
      [CREATE]: ["reads the list, posts once"],
      "unit/lifecycle/safety/liveDuplicates.test.ts": ["an equal active postback stops a create with its id"],
    },
  },
  {
    guard: "a list that cannot be read stops a create",
    file: "lifecycle/safety/liveDuplicates.ts",
    text: "let read = await live.ofAffiliate(affiliateId);",
    instead: `let read = await live.ofAffiliate(affiliateId).catch(() => (${NOTHING_READ}));`,
    cases: {
      [CREATE]: ["a list that cannot be read stops a create", "nothing is taken for a CAKE without a list"],
    },
  },
  {
    guard: "a list that cannot be read stops an update and a deactivation",
    file: "lifecycle/safety/fetchLive.ts",
    text: "const found = await context.cake().live.findToChange(olds.postbackId, beside);",
    instead:
      'const found = await context.cake().live.findToChange(olds.postbackId, beside).catch(() => ({ kind: "live" as const, row: rowOf(olds) }));',
    cases: { [UPDATE]: ["a list that cannot be read stops an update"] },
  },
  {
    guard: "an incomplete list stops a create",
    file: "lifecycle/safety/liveDuplicates.ts",
    text: "if (completenessIssues.length > 0 && existing === undefined)",
    instead: "if (completenessIssues.length < 0 && existing === undefined)",
    cases: { [CREATE]: ["one that is not provably complete", "one with a row that cannot be read"] },
  },
  {
    guard: "a refresh answers nothing where a call fails",
    file: "lifecycle/read.ts",
    text: 'if (isCakeError(error, "missing", "webPage", "unexpected")) return unreadable(error.happened, error.next);',
    instead: "if (isCakeError(error)) return unreadable(error.happened, error.next);",
    cases: { [READ]: ["because a call fails, the read fails and says why"] },
  },
  {
    guard: "an update that is answered 404 or 405 stops",
    file: "lifecycle/safety/write.ts",
    text: 'if (!isCakeError(error, "missing")) throw error;',
    instead:
      'if (isCakeError(error, "missing")) return { ...current, ...changes };\n    if (!isCakeError(error, "missing")) throw error;',
    cases: { [UPDATE]: ["changed nothing and stops"], [DELETE]: ["changed nothing and stops"] },
  },
  {
    guard: "only a setting makes a work list",
    file: "lifecycle/safety/write.ts",
    text: "messages.updateEndpointMissing(postbackName(current, current.postbackId), error.reason, error.next),",
    instead: 'messages.changeByHand(postbackName(current, current.postbackId), ""),',
    cases: { [UPDATE]: ["stops, and is no work list"], [DELETE]: ["stops, and is no work list"] },
  },
  {
    guard: "nothing is changed by API where the settings say that it cannot be",
    file: "lifecycle/safety/write.ts",
    text: "  if (!context.canUpdate) throw changeByHand(one);\n",
    instead: "",
    cases: {
      [UPDATE]: ["by setting, the work is named without a key and without a call"],
      [DELETE]: ["the work is named without a key and without a call"],
    },
  },
  {
    guard: "a person's word counts only where CAKE has no list",
    file: "lifecycle/safety/fetchLive.ts",
    text: 'return current.kind === "remembered" && context.overrides',
    instead: 'return current.kind !== "gone" && context.overrides',
    cases: { [UPDATE]: ["and a word against the list counts for nothing"] },
  },
  {
    guard: "an empty or incomplete list proves no absence",
    file: "lifecycle/safety/absenceProof.ts",
    text: "if (!provesAbsence(list))",
    instead: "if (!provesAbsence)",
    cases: {
      [READ]: ["by a list that was empty until this run", "where the list answers what cannot be read"],
    },
  },
  {
    guard: "absence takes a second witness",
    file: "lifecycle/safety/absenceProof.ts",
    text: 'if (single === "absent") return undefined;',
    instead: 'if (single !== "unclear") return undefined;',
    cases: { [READ]: ["is not proven gone where a last read shows it"] },
  },
  {
    guard: "a second witness that answers nothing is none",
    file: "lifecycle/safety/absenceProof.ts",
    text: 'if (single === "absent") return undefined;',
    instead: 'if (single === "absent" || single === "unclear") return undefined;',
    cases: { [READ]: ["is not proven gone where the second read is unclear"] },
  },
  {
    guard: "what is gone leaves the state only if a person says so",
    file: "lifecycle/safety/absenceProof.ts",
    text: "if (!context.overrides.forget.has(postbackId))",
    instead: "if (!context.overrides.forget)",
    cases: {
      [READ]: ["is kept in the state, with what it most often means", "and only that one"],
      [DELETE]: ["stops the delete, unless a person says that it is really gone"],
    },
  },
  {
    guard: "a lookup never takes an incomplete list for all there is",
    file: "lookup/lookup.ts",
    text: "if (doubt !== undefined) throw",
    instead: "if (doubt === null) throw",
    cases: { [LOOKUP]: ["is never taken for all there is"] },
  },
  {
    guard: "no operation touches another instance",
    file: "lifecycle/safety/sameRecord.ts",
    text: "if (domain === undefined || state.domain === undefined) return;",
    instead: "if (domain !== state.domain || domain === undefined) return;",
    cases: {
      [READ]: ["is refused without a call: its id is somebody else's here"],
      [UPDATE]: ["of a postback of another instance is refused"],
      [DELETE]: ["of a postback of another instance is refused"],
      [DIFF]: ["a postback of another instance is refused"],
    },
  },
  {
    guard: "another tenant's record is not taken for ours",
    file: "lifecycle/safety/sameRecord.ts",
    text: "if (live.affiliateId === affiliateId || live.postbackUrl === postbackUrl) return;",
    instead: "if (live.postbackUrl.length >= 0) return;",
    cases: {
      [READ]: ["refuses another affiliate's record with another URL"],
      [UPDATE]: ["is another's where affiliate and URL differ"],
    },
  },
  {
    guard: "a change in CAKE is not overwritten",
    file: "lifecycle/safety/fetchLive.ts",
    text: "if (drift.length > 0)",
    instead: "if (drift.length < 0)",
    cases: {
      [UPDATE]: ["is not overwritten: "],
      [DELETE]: ["of a record that somebody changed in CAKE is refused"],
    },
  },
  {
    guard: "an adopted record is the declared one",
    file: "lifecycle/safety/adoption.ts",
    text: "if (differing.length > 0) throw",
    instead: "if (differing.length < 0) throw",
    cases: { [ADOPTION]: ["is refused where it is another postback", "is refused where its "] },
  },
  {
    guard: "a create that overwrote a record that was there before stops",
    file: "lifecycle/create.ts",
    text: "    before?.includes(postbackId) ||\n",
    instead: "",
    cases: { [CREATE]: ["is noticed at the first create, and gets no further one"] },
  },
  {
    guard: "a create that overwrote a record of another resource of this run stops",
    file: "lifecycle/create.ts",
    text: "    context.ownership.isOwned(postbackId) ||\n",
    instead: "",
    cases: { [CREATE]: ["is noticed without a list where another resource of the run has the record"] },
  },
  {
    guard: "a create that overwrote what another process made stops",
    file: "lifecycle/create.ts",
    text: "context.journal.hasMade(postbackId, subject, context.hasList);",
    instead: "subject === undefined;",
    cases: { [CREATE]: ["is noticed between creates of two processes that both have read before"] },
  },
];
