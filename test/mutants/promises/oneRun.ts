import type { Mutant } from "../mutant";

const OWNERSHIP = "unit/lifecycle/safety/ownership.test.ts";
const RECORDS = "unit/lifecycle/journal/runRecords.test.ts";
const DELETE = "unit/lifecycle/delete.test.ts";
const ADOPTION = "unit/lifecycle/safety/adoption.test.ts";
const LIVE = "unit/lifecycle/safety/liveDuplicates.test.ts";

/** In one run, each record has one owner, and nobody deactivates what somebody has or takes what is going. */
export const oneRun: readonly Mutant[] = [
  {
    guard: "a resource whose diff replaces nothing owns its record",
    file: "lifecycle/diff.ts",
    text: "if (isDeclared && replaces.length === 0) context.ownership.keep(postbackId, urn);",
    instead: "",
    cases: { [DELETE]: ["stays active where a diff has seen that its resource keeps it"] },
  },
  {
    guard: "a refresh owns nothing",
    file: "lifecycle/diff.ts",
    text: "if (isDeclared && replaces.length === 0)",
    instead: "if (replaces.length === 0)",
    cases: { [DELETE]: ["is not one that only a refresh has compared"] },
  },
  {
    guard: "a resource that is replaced does not own its record",
    file: "lifecycle/diff.ts",
    text: "if (isDeclared && replaces.length === 0)",
    instead: "if (isDeclared)",
    cases: {
      [DELETE]: ["the delete of a replacement that deletes first goes on where the create can succeed"],
    },
  },
  {
    guard: "two owners of a record stop the next full run",
    file: "lifecycle/safety/ownership.ts",
    text: "if (taken || others.some((other) => other.urn !== urn))",
    instead: "if (taken && others.some((other) => other.urn !== urn))",
    cases: { [DELETE]: ["by two declarations is named in the next full run"] },
  },
  {
    guard: "a delete leaves alone what another resource of the process has",
    file: "lifecycle/safety/ownership.ts",
    text: "    if (this.owners.has(postbackId)) return true;\n",
    instead: "",
    cases: {
      [OWNERSHIP]: ["that another resource has is left alone by a delete"],
      [DELETE]: ["stays active, also where the engine deletes the old resource after it"],
    },
  },
  {
    guard: "a delete leaves alone what another process of the run has",
    file: "lifecycle/safety/ownership.ts",
    text: "return this.run.of(postbackId).some(({ action }) => isOwning(action));",
    instead: "return this.run.of(postbackId).length < 0;",
    cases: { [OWNERSHIP]: ["is not deactivated by the other, which succeeds"] },
  },
  {
    guard: "a delete that finds an owner succeeds, whatever the owner made of the record",
    file: "lifecycle/delete.ts",
    text: "  if (ownership.isWithAnother(state.postbackId)) return leaveAlone(context, state);\n",
    instead: "",
    cases: { [DELETE]: ["leaves it alone, and succeeds"] },
  },
  {
    guard: "a postback that somebody took while its delete was on its way stays active",
    file: "lifecycle/delete.ts",
    text: 'ownership.deactivate(state.postbackId) === "leave"',
    instead: "ownership.isOwned(-1)",
    cases: { [DELETE]: ["in another process is taken or deactivated, and never both"] },
  },
  {
    guard: "a record that has an owner is refused to a second one",
    file: "lifecycle/safety/ownership.ts",
    text: "    if (this.owners.has(postbackId) && this.owners.get(postbackId) !== urn)\n      throw",
    instead: "    if (this.owners.has(-1))\n      throw",
    cases: {
      [OWNERSHIP]: ["belongs to whoever kept, made or took it first"],
    },
  },
  {
    guard: "a record that another process has is refused to a second owner",
    file: "lifecycle/safety/ownership.ts",
    text: "if (isOwning(one.action) && one.urn !== urn)",
    instead: "if (isOwning(one.action) && one.urn === null)",
    cases: {
      [OWNERSHIP]: ["is taken by one of them only", "let a record go that both take at the same time"],
    },
  },
  {
    guard: "a record that is being deactivated is not taken",
    file: "lifecycle/safety/ownership.ts",
    text: 'if (one.action === "deactivated") throw',
    instead: 'if (one.action === "deactivated" && one.urn === null) throw',
    cases: { [OWNERSHIP]: ["is not taken after that", "that one has deactivated is not taken by the other"] },
  },
  {
    guard: "a record is written down before it is taken",
    file: "lifecycle/safety/ownership.ts",
    text: '    this.write({ action: "taken", postbackId, urn });\n',
    instead: "",
    cases: { [OWNERSHIP]: ["that one has taken, made its own or kept is not deactivated by the other"] },
  },
  {
    guard: "a record is written down before it is deactivated",
    file: "lifecycle/safety/ownership.ts",
    text: '    this.write({ action: "deactivated", postbackId });\n',
    instead: "",
    cases: { [OWNERSHIP]: ["that one has deactivated is not taken by the other"] },
  },
  {
    guard: "two processes that take a record at once both see it",
    file: "lifecycle/safety/ownership.ts",
    text: "    try {\n      // Another process may have done the same at the same time: then both see it now.\n      this.requireFree(postbackId, urn);",
    instead:
      "    try {\n      // Another process may have done the same at the same time: then both see it now.\n",
    cases: { [OWNERSHIP]: ["let a record go that both take at the same time"] },
  },
  {
    guard: "a record that is taken while it is being deactivated is not deactivated",
    file: "lifecycle/safety/ownership.ts",
    text: "    if (this.isWithAnother(postbackId)) throw",
    instead: "    if (postbackId < 0) throw",
    cases: { [OWNERSHIP]: ["never deactivate what one takes"] },
  },
  {
    guard: "what a refused create asked for is not deactivated",
    file: "lifecycle/safety/ownership.ts",
    text: 'if (asked || this.done.get(postbackId)?.action === "asked")',
    instead: "if (asked && postbackId < 0)",
    cases: {
      [OWNERSHIP]: [
        "that a refused create asked for is not deactivated",
        "that one was refused is not deactivated",
      ],
    },
  },
  {
    guard: "a create that is refused says what it asked for",
    file: "lifecycle/safety/liveDuplicates.ts",
    text: "  for (const postbackId of refused) context.ownership.askedFor(postbackId, urn);\n",
    instead: "",
    cases: {
      [DELETE]: [
        "a rename without an alias is refused at the create",
        "across two providers of one instance",
      ],
    },
  },
  {
    guard: "an adoption that failed lets the record go",
    file: "lifecycle/safety/adoption.ts",
    text: "if (!(error instanceof PartialFailure)) context.ownership.release(postbackId);",
    instead: "",
    cases: { [ADOPTION]: ["is free again in the same run where adopting it failed"] },
  },
  {
    guard: "a record that a resource has is not adopted for being equal",
    file: "lifecycle/safety/liveDuplicates.ts",
    text: "mayBeEqual(row, declared) && !ownership.isOwned(row.postbackId)",
    instead: "mayBeEqual(row, declared) && ownership !== undefined",
    cases: { [LIVE]: ["prefers an active record, and one that no resource has"] },
  },
  {
    guard: "records of a process that is gone say nothing",
    file: "lifecycle/journal/runRecords.ts",
    text: "if (other === undefined || !other.isAlive()) return [];",
    instead: "if (other === undefined) return [];",
    cases: {
      [RECORDS]: ["say nothing to a later run that got the same address"],
      [OWNERSHIP]: ["is free again when the process that had it is gone"],
    },
  },
  {
    guard: "records of a process that is gone are removed",
    file: "lifecycle/journal/runRecords.ts",
    text: "if (other.isOfThisMachine || isOld) attempt(() => this.folder.remove(name));",
    instead: "",
    cases: { [RECORDS]: ["of processes that have ended are removed"] },
  },
  {
    guard: "records of a living process stay",
    file: "lifecycle/journal/runRecords.ts",
    text: "if (other === undefined || other.newer !== undefined || other.isAlive()) return;",
    instead: "if (other === undefined || other.newer !== undefined) return;",
    cases: { [RECORDS]: ["of several processes are seen side by side"] },
  },
  {
    guard: "records of a newer version stop what depends on them",
    file: "lifecycle/journal/runRecords.ts",
    text: "if (other.newer !== undefined) {",
    instead: "if (other.newer === null) {",
    cases: { [RECORDS]: ["stop a take and a deactivation"] },
  },
  {
    guard: "records of a newer version are not removed",
    file: "lifecycle/journal/runRecords.ts",
    text: "if (other === undefined || other.newer !== undefined || other.isAlive()) return;",
    instead: "if (other === undefined || other.isAlive()) return;",
    cases: { [RECORDS]: ["are not removed by this one"] },
  },
  {
    guard: "records of another run say nothing",
    file: "lifecycle/context.ts",
    text: "hash([engine, domain])",
    instead: "hash([domain])",
    cases: { [DELETE]: ["in a process of another run says nothing"] },
  },
  {
    guard: "records of another instance say nothing",
    file: "lifecycle/context.ts",
    text: "hash([engine, domain])",
    instead: "hash([engine])",
    cases: { [DELETE]: ["on another instance, with the same ID, says nothing"] },
  },
];
