import type { Mutant } from "../mutant";

const FIRST = "unit/lifecycle/safety/firstWrite.test.ts";
const CREATE = "unit/lifecycle/create.test.ts";
const UPDATE = "unit/lifecycle/update.test.ts";
const DELETE = "unit/lifecycle/delete.test.ts";

/** The first create, update and deactivation of a process each go alone and are read back. */
export const firstWrite: readonly Mutant[] = [
  {
    guard: "the first of a kind goes alone",
    file: "lifecycle/safety/firstWrite.ts",
    text: "if (this.proven) return this.watched(operation(false));",
    instead: "if (this.turn) return this.watched(operation(!this.proven));",
    cases: {
      [FIRST]: ["goes alone, and when it has succeeded all others go at once"],
      [CREATE]: ["all wait until the first has succeeded"],
      [UPDATE]: ["of many runs one alone first"],
      [DELETE]: ["of many runs one alone first"],
    },
  },
  {
    guard: "a refusal proves nothing",
    file: "lifecycle/safety/firstWrite.ts",
    text: "    } finally {\n      pass();",
    instead: "    } finally {\n      this.proven = this.stoppedBy === undefined;\n      pass();",
    cases: { [FIRST]: ["proves nothing where"] },
  },
  {
    guard: "an unclear or wrong outcome stops the rest of its kind",
    file: "lifecycle/safety/firstWrite.ts",
    text: "if (!isDefinite(error)) this.stop(",
    instead: "if (error === undefined) this.stop(",
    cases: { [FIRST]: ["stops the rest of its kind where", "comes also from a later write"] },
  },
  {
    guard: "an unknown outcome is never taken for a refusal",
    file: "lifecycle/safety/firstWrite.ts",
    text: "  if (error instanceof PartialFailure || error instanceof OutcomeUnknown) return false;\n",
    instead: "",
    cases: { [FIRST]: ["stops the rest of its kind where"] },
  },
  {
    guard: "what waits does not start after a stop",
    file: "lifecycle/safety/firstWrite.ts",
    text: "      await before;\n      this.requireGoing();\n",
    instead: "      await before;\n",
    cases: { [FIRST]: ["stops the rest of its kind where"] },
  },
  {
    guard: "a write that was under way does not undo a stop",
    file: "lifecycle/safety/firstWrite.ts",
    text: "this.proven = this.stoppedBy === undefined;",
    instead: "this.proven = true;",
    cases: { [FIRST]: ["is not undone by a write that was under way and succeeds"] },
  },
  {
    guard: "the first write is read back",
    file: "lifecycle/safety/readBack.ts",
    text: "return context.hasList && (alone || context.listSpellsOtherwise);",
    instead: "return context.hasList && alone && context.listSpellsOtherwise;",
    cases: {
      [CREATE]: ["reads the first record of a run back"],
      [UPDATE]: ["that echoes the request and changes nothing is noticed at the first"],
      [DELETE]: ["that CAKE answers and does not do is not believed"],
    },
  },
  {
    guard: "the first create is seen in the list before the others go",
    file: "lifecycle/create.ts",
    text: "if (!alone) return answered;",
    instead: "if (alone || !alone) return answered;",
    cases: { [CREATE]: ["and stops the others, where the list does not show it"] },
  },
  {
    guard: "the first change is seen in the list before the others go",
    file: "lifecycle/safety/write.ts",
    text: 'if (listed.kind === "unclear" && !alone) return answered;',
    instead: 'if (listed.kind === "unclear") return answered;',
    cases: { [UPDATE]: ["is not believed where the read that is to prove the first"] },
  },
  {
    guard: "a record that is not as declared is no success",
    file: "lifecycle/create.ts",
    text: "if (wrong.length === 0) return;",
    instead: "if (wrong.length >= 0) return;",
    cases: { [CREATE]: ["is kept in the state, and stops the others, where its"] },
  },
  {
    guard: "an update changes what it was sent and nothing else",
    file: "lifecycle/safety/write.ts",
    text: "if (spoilt.length === 0) return;",
    instead: "if (spoilt.length >= 0) return;",
    cases: { [UPDATE]: ["is stopped at the first record: the others are not sent"] },
  },
  {
    guard: "the list has the last word on a change, and not its answer",
    file: "lifecycle/safety/write.ts",
    text: "    requireAsAsked(context, one, listed.row);\n",
    instead: "",
    cases: { [UPDATE]: ["that blanks the URL is noticed also where the answer only repeats the request"] },
  },
  {
    guard: "a deactivation that went wrong stops the updates, too",
    file: "lifecycle/safety/write.ts",
    text: "for (const kind of [firstWrite.update, firstWrite.deactivation]) kind.stop(reason);",
    instead: "for (const kind of [firstWrite.deactivation]) kind.stop(reason);",
    cases: { [UPDATE]: ["is stopped at the first record: the others are not sent"] },
  },
  {
    guard: "no postback goes before its replacement where creates were stopped",
    file: "lifecycle/delete.ts",
    text: "  context.firstWrite.create.requireGoing();\n",
    instead: "",
    cases: { [DELETE]: ["is refused where creates of this run were stopped"] },
  },
  {
    guard: "no postback goes before its replacement where that would be refused",
    file: "lifecycle/delete.ts",
    text: "    await requireNoDuplicate(context, replacement.urn, ",
    instead: "    void (requireNoDuplicate, replacement.urn, ",
    cases: { [DELETE]: ["is refused where the create would find an equal postback"] },
  },
];
