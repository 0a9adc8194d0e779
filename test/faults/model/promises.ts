import { expect } from "vitest";
import type { Postback } from "../../../provider/postback/postback";
import type { SandboxInstance } from "../../../provider/sandbox";
import type { Ended } from "../../engine/run";
import type { Goal, Resource, Stack } from "../../engine/stack";
import { type Declared, fieldsOf, OTHERS, type Program } from "./site";

/** A run as it can be seen from outside: what CAKE and the stack had before, and what there is now. */
interface Seen {
  readonly cake: SandboxInstance;
  readonly stack: Stack;
  readonly program: Program;
  readonly before: readonly Postback[];
  readonly known: readonly Resource[];
  readonly ends: readonly Ended[];
  readonly goalOf: (affiliateId: number, declared: Declared) => Goal;
}

/** What holds after every run, however it ended. It is told by CAKE's records and the state alone. */
export function expectHeld(seen: Seen): void {
  expectNothingTwice(seen);
  expectOthersUntouched(seen);
  expectNothingOfTheProgramDeactivated(seen);
  expectNoFalseSuccess(seen);
  expectNothingLost(seen);
}

/** Only a replacement that is still to be finished has two: what it replaces is deleted last. */
function expectNothingTwice({ cake, stack }: Seen): void {
  const replaced = new Set(stack.resources.flatMap(({ isReplaced, id }) => (isReplaced ? [Number(id)] : [])));
  const standing = cake.postbacks().filter(({ postbackId }) => !replaced.has(postbackId));
  const active = standing.filter(isActive).map(textOf);
  expect(active, "active postbacks that are equal").toEqual([...new Set(active)]);
}

function expectOthersUntouched({ cake, before, known, stack, program }: Seen): void {
  expect(cake.postbacks().slice(0, OTHERS.length), "postbacks of others").toEqual(OTHERS);
  const adopted = [...program.values()].map(({ adopt }) => adopt);
  const ours = new Set([...[...known, ...stack.resources].map(({ id }) => Number(id)), ...adopted]);
  for (const row of before)
    if (!ours.has(row.postbackId))
      expect(cake.postback(row.postbackId), "a postback that no state has").toEqual(row);
}

function expectNothingOfTheProgramDeactivated({ cake, program, before, stack, goalOf }: Seen): void {
  for (const [affiliateId, declared] of program) {
    const resource = stack.find(goalOf(affiliateId, declared));
    const was = before.find(({ postbackId }) => postbackId === Number(resource?.id));
    if (resource === undefined || was === undefined || !isActive(was)) continue;
    if (declared.postbackStatus !== "active") continue;
    // One that is replaced and not yet deleted is still the old one.
    if (was.offerId !== declared.offerId) continue;
    expect(cake.postback(was.postbackId)?.postbackStatus, `postback ${resource.id} of the program`).toBe(
      "active",
    );
  }
}

function expectNoFalseSuccess({ cake, program, stack, ends, goalOf }: Seen): void {
  for (const [affiliateId, declared] of program) {
    const goal = goalOf(affiliateId, declared);
    const written = ends.find(({ urn, step }) => urn === goal.urn && WRITES.has(step));
    if (written === undefined || written.refusal) continue;
    const row = cake.postback(Number(stack.find(goal)?.id));
    expect(row, `${written.step} of affiliate ${affiliateId}`).toMatchObject({
      affiliateId,
      ...fieldsOf(declared),
    });
  }
  const kept = new Set(stack.resources.map(({ id }) => id));
  for (const { step, id, refusal } of ends) {
    if (step !== "delete" || refusal || kept.has(id ?? "")) continue;
    expect(cake.postback(Number(id))?.postbackStatus ?? "inactive", `deleted postback ${id}`).toBe(
      "inactive",
    );
  }
}

const WRITES: ReadonlySet<string> = new Set(["create", "update", "replace"]);

/** A refresh forgets only what is gone. */
function expectNothingLost({ cake, known, stack, ends }: Seen): void {
  const kept = new Set(stack.resources.map(({ id }) => id));
  const deleted = new Set(
    ends.flatMap(({ step, id }) => (step === "delete" || step === "replace" ? [id] : [])),
  );
  for (const { id } of known)
    if (!kept.has(id) && !deleted.has(id))
      expect(cake.postback(Number(id)), `postback ${id}, which the state has lost`).toBeUndefined();
}

function isActive({ postbackStatus }: Postback): boolean {
  return postbackStatus === "active";
}

function textOf({ affiliateId, offerId, postbackUrl }: Postback): string {
  return `${affiliateId} ${offerId} ${postbackUrl}`;
}
