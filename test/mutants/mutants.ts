import type { Mutant } from "./mutant";

const CREATE = "lifecycle/create.test.ts";
const RESUME = "lifecycle/resume.test.ts";
const INTENTS = "lifecycle/intents.test.ts";
const UPDATE = "lifecycle/update.test.ts";
const DELETE = "lifecycle/delete.test.ts";
const READ = "lifecycle/read.test.ts";

/** Every guard that stands between a mistake and somebody's money. `npm run test:mutants` takes them out one by one. */
export const mutants: readonly Mutant[] = [
  {
    guard: "look before a create",
    file: "lifecycle/create.ts",
    text: "const existing = decideOnTwins(session, inputs, before.twins);",
    instead: "const existing = undefined as Postback | undefined;",
    cases: {
      [CREATE]: ["is not taken over: the create fails", "in another spelling is refused like an equal one"],
    },
  },
  {
    guard: "what was interrupted is not left beside what is declared now",
    file: "lifecycle/create.ts",
    text: "  const takenUp = await takeUpUnfinished(session, cake, inputs);\n  if (takenUp) return takenUp;\n",
    instead: "",
    cases: {
      "lifecycle/unfinished.test.ts": [
        "is changed to what is declared now",
        "stops the new one where an update cannot make it that",
        "stops the new one where CAKE cannot be looked at",
      ],
    },
  },
  {
    guard: "a list that is not whole stops a create",
    file: "lifecycle/create.ts",
    text: "if (twins.length > 0 || look.listing.flaws.length === 0) return { ids, twins };",
    instead: "if (Number.NaN !== 0) return { ids, twins };",
    cases: { [CREATE]: ["cannot be listed whole, either"] },
  },
  {
    guard: "two resources of a run make no one postback",
    file: "lifecycle/claims.ts",
    text: "if (this.fingerprints.has(mark)) {",
    instead: "if (this.fingerprints.size < 0) {",
    cases: { [CREATE]: ["the second is refused, whether it comes at once or later"] },
  },
  {
    guard: "two resources that declare one postback stop in preview",
    file: "lifecycle/declared.ts",
    text: "return others.some((other) => other.isNew || isNew) ? twins(declaration) : undefined;",
    instead: "return undefined;",
    cases: { "lifecycle/declared.test.ts": ["are refused in preview", "are refused where one is new"] },
  },
  {
    guard: "no record belongs to two resources",
    file: "lifecycle/adopt.ts",
    text: "  if (claims.holds(row.postbackId)) throw heldTwice(inputs, row.postbackId);\n",
    instead: "",
    cases: { [CREATE]: ["is refused to a second resource that decided at the same time"] },
  },
  {
    guard: "an adopted record is the declared one",
    file: "lifecycle/adopt.ts",
    text: "  if (differing.length === 0) return row;\n",
    instead: "  if (differing.length >= 0) return row;\n",
    cases: { [CREATE]: ["is refused where it is another postback", "is refused where its "] },
  },
  {
    guard: "an overwriting CAKE is noticed",
    file: "lifecycle/create.ts",
    text: "return (before?.has(postbackId) ?? false) || claims.holds(postbackId);",
    instead: "return before === claims;",
    cases: {
      [CREATE]: ["is noticed at the first create, and gets no further one", "between two creates of one run"],
    },
  },
  {
    guard: "a record that is not as declared is no success",
    file: "lifecycle/create.ts",
    text: "  if (wrong.length === 0) return;\n",
    instead: "  if (wrong.length >= 0) return;\n",
    cases: {
      [CREATE]: ["is kept in the state with what is wrong", "is kept in the state, and stops the others"],
    },
  },
  {
    guard: "the first create is seen in the list before the others go",
    file: "lifecycle/create.ts",
    text: 'if (listed.kind === "absent") {',
    instead: 'if (listed.kind !== "shown" && listed.kind !== "absent" && listed.kind !== "unclear") {',
    cases: { [CREATE]: ["stops the others where the list does not show it"] },
  },
  {
    guard: "a create whose answer is lost is never sent again",
    file: "http/retry.ts",
    text: '  if (failed.repeat === "duplicates" && failed.failure === "lost") return "stop";\n',
    instead: "",
    cases: {
      "http/retry.test.ts": ["never repeats a create whose request may have arrived"],
      [CREATE]: ["is settled by a look, and never sent again"],
    },
  },
  {
    guard: "an unclear create is not made until its absence is proven",
    file: "lifecycle/settle.ts",
    text: 'if (look?.kind !== "seen" || !provesAbsence(look.listing)) return false;',
    instead: 'if (look?.kind !== "seen") return false;',
    cases: {
      [CREATE]: ["stays unknown where the list is"],
      [RESUME]: ["is not sent while the list proves nothing"],
    },
  },
  {
    guard: "a new record of the pair may be the unclear one",
    file: "lifecycle/settle.ts",
    text: "(isTwin(row, declaration) || !(before?.has(row.postbackId) || session.claims.holds(row.postbackId)))",
    instead: "isTwin(row, declaration)",
    cases: {
      [CREATE]: ["is not taken for proof of absence where it is spelt otherwise"],
      [RESUME]: ["is not sent while a new record of its pair may be what CAKE made of it"],
    },
  },
  {
    guard: "an unclear create stops the others where nothing can be looked up",
    file: "lifecycle/create.ts",
    text: "  if (before === undefined) session.creates.stop(stoppedByUnknown(declaration));\n",
    instead: "",
    cases: { [CREATE]: ["is told once, and an unclear create stops the others"] },
  },
  {
    guard: "a create is noted before it is sent",
    file: "lifecycle/create.ts",
    text: "  await intent.begin(before.ids && cake.live.rowsOf(declaration).map((row) => row.postbackId));\n",
    instead: "",
    cases: {
      [RESUME]: [
        "is there when the request goes out",
        "is taken into the state by the next run",
        "is not sent again until a person has settled it",
      ],
    },
  },
  {
    guard: "what an interrupted run began is ended first",
    file: "lifecycle/create.ts",
    text: "const resumed = earlier && (await resume(session, cake, inputs, intent, earlier));",
    instead: "const resumed = earlier && undefined;",
    cases: {
      [RESUME]: [
        "is taken into the state by the next run",
        "is not sent again until a person has settled it",
      ],
    },
  },
  {
    guard: "only what was not there before is evidence",
    file: "lifecycle/resume.ts",
    text: "const isNew = before !== undefined && !before.has(row.postbackId);",
    instead: "const isNew = true;",
    cases: { [RESUME]: ["is not taken for evidence when CAKE can be looked at again"] },
  },
  {
    guard: "only a record that is as it was made is taken over",
    file: "lifecycle/resume.ts",
    text: "if (!isAsMade(row, declaration, made.postbackStatus)) throw changedSince(declaration, made, intent);",
    instead: "",
    cases: { [RESUME]: ["is left to a person where the record was changed in CAKE since"] },
  },
  {
    guard: "a create that another process is at is waited for",
    file: "lifecycle/intents/intents.ts",
    text: "if (!this.isStillAtIt(last)) return",
    instead: "if (this.clock) return",
    cases: { [INTENTS]: ["is waited for", "is not waited for longer than an operation may take"] },
  },
  {
    guard: "one of two processes begins a create",
    file: "lifecycle/intents/folder.ts",
    text: "const flags = O_WRONLY | O_NOFOLLOW | O_CREAT | O_EXCL;",
    instead: "const flags = O_WRONLY | O_NOFOLLOW | O_CREAT;",
    cases: { [INTENTS]: ["is begun by one of two only", "is taken over by one of two only"] },
  },
  {
    guard: "notes are for their owner only",
    file: "lifecycle/intents/folder.ts",
    text: "if (problem !== undefined) throw this.unusable(problem);",
    instead: "",
    cases: { [INTENTS]: ["is refused if it is"] },
  },
  {
    guard: "an empty or broken list proves no absence",
    file: "cake/readList.ts",
    text: "return read.answered > 0 && read.completenessIssues.length === 0;",
    instead: "return read.answered >= 0;",
    cases: { "cake/readList.test.ts": ["is proven by a list that is whole and shows something"] },
  },
  {
    guard: "absence takes a second witness",
    file: "lifecycle/absence.ts",
    text: 'if (single.listing.rows.has(postbackId)) return "a second read, for this id alone, does show it";',
    instead: "",
    cases: { [READ]: ["is not proven gone where a second read shows it"] },
  },
  {
    guard: "a list that may lack something is not looked up",
    file: "lookup/lookup.ts",
    text: "if (!provesAbsence(whole))",
    instead: "if (whole === undefined)",
    cases: { "lookup/lookup.test.ts": ["is never taken for all there is"] },
  },
  {
    guard: "what is gone leaves the state only if a person says so",
    file: "lifecycle/read.ts",
    text: "if (session.overrides.forget.has(postbackId)) return;",
    instead: "if (session.overrides.forget) return;",
    cases: {
      [READ]: ["is kept in the state, with what it most often means", "and only that one"],
      [DELETE]: ["stops the delete, unless a person says that it is really gone"],
    },
  },
  {
    guard: "another tenant's record is not taken for ours",
    file: "lifecycle/samePostback.ts",
    text: "if (live.affiliateId === affiliateId || live.postbackUrl === postbackUrl) return;",
    instead: "if (live.postbackUrl.length >= 0) return;",
    cases: {
      [READ]: ["refuses another affiliate's record with another URL"],
      [UPDATE]: ["is another's where affiliate and URL differ"],
    },
  },
  {
    guard: "drift is seen before a write",
    file: "lifecycle/current.ts",
    text: "if (drift.length === 0) return;",
    instead: "if (drift.length >= 0) return;",
    cases: {
      [UPDATE]: ["is not overwritten"],
      [DELETE]: ["of a record that somebody changed in CAKE is refused"],
    },
  },
  {
    guard: "a person's word counts only where CAKE cannot be looked at",
    file: "lifecycle/current.ts",
    text: 'return current.kind === "remembered" && session.overrides',
    instead: 'return current.kind !== "gone" && session.overrides',
    cases: { [UPDATE]: ["and a word against the list counts for nothing"] },
  },
  {
    guard: "no operation touches another instance",
    file: "lifecycle/instance.ts",
    text: "if (domain === undefined || state.domain === undefined) return;",
    instead: "if (domain !== state.domain || domain === undefined) return;",
    cases: {
      [READ]: ["is refused without a call: its id is somebody else's here"],
      [UPDATE]: ["of a postback of another instance is refused"],
      [DELETE]: ["of a postback of another instance is refused"],
    },
  },
  {
    guard: "the first of a kind runs alone",
    file: "lifecycle/canary.ts",
    text: "if (this.proven) return operation(false);",
    instead: "if (this.turn) return operation(!this.proven);",
    cases: {
      "lifecycle/canary.test.ts": ["runs alone, and when it has succeeded all others go at once"],
      [UPDATE]: ["of many runs one alone first", "is stopped at the first record"],
      [DELETE]: ["of many runs one alone first"],
    },
  },
  {
    guard: "an update changes what it was sent and nothing else",
    file: "lifecycle/write.ts",
    text: "if (spoilt.length === 0) return;",
    instead: "if (spoilt.length >= 0) return;",
    cases: { [UPDATE]: ["is stopped at the first record: the others are not sent"] },
  },
  {
    guard: "a write is believed when the list shows it",
    file: "lifecycle/readBack.ts",
    text: "return alone || session.listSpellsOtherwise;",
    instead: "return session.listSpellsOtherwise;",
    cases: {
      [UPDATE]: ["also where the answer only repeats the request"],
      [DELETE]: ["that CAKE answers and does not do is not believed"],
    },
  },
  {
    guard: "a rule's error stops a new or changed URL",
    file: "lifecycle/check.ts",
    text: "    .filter(stops)\n",
    instead: "    .filter((one) => stops(one) && Number.isNaN(0))\n",
    cases: { "lifecycle/remarks.test.ts": ["stops a new and a changed URL"] },
  },
  {
    guard: "many changes at once stop",
    file: "lifecycle/changeLimit.ts",
    text: "if (reached === undefined) {",
    instead: "if (reached !== this.name) {",
    cases: { "lifecycle/changeLimit.test.ts": ["stops, names the postback", "up to their own limit"] },
  },
  {
    guard: "a stop holds for later runs",
    file: "lifecycle/changeLimit.ts",
    text: "    await this.mark(reached);\n",
    instead: "",
    cases: {
      "lifecycle/changeLimit.test.ts": ["holds for later runs until a person says", "comes again when"],
    },
  },
  {
    guard: "what another resource has is not switched off",
    file: "lifecycle/delete.ts",
    text: "if (!session.claims.holds(state.postbackId, state.__origin)) return false;",
    instead: "if (session.claims) return false;",
    cases: {
      [DELETE]: [
        "stays active, also where the engine deletes the old resource after it",
        "stays active in the run after an interrupted rename",
      ],
    },
  },
  {
    guard: "only Success with a record is a success",
    file: "cake/envelope.ts",
    text: 'if (isOk(answer) && envelope?.request_status === "Success")',
    instead: "if (isOk(answer) && envelope !== undefined)",
    cases: { "cake/wire.test.ts": ["is not "] },
  },
  {
    guard: "no redirect is followed",
    file: "http/transport.ts",
    text: 'redirect: "manual",',
    instead: 'redirect: "follow",',
    cases: { "http/transport.test.ts": ["is an answer and is not followed"] },
  },
];
