import type { Operation, PauseOptions, RecordedRequest } from "pulumi-cake/sandbox";
import { expect } from "vitest";
import type { KillTarget } from "./cli";
import { failureOf } from "./failures";
import type { World } from "./world";

/** How long a provider process may outlive its engine: it tries the address every five seconds, and a write has fifteen. */
const MOST_MS = 25_000;

export interface KillPoint extends PauseOptions {
  /** The request at which the run is killed; it stays without an answer. */
  readonly on: Operation;
  /** @default the CLI alone, whose provider processes have to notice */
  readonly target?: KillTarget;
  /** CAKE goes on with that request when no process of the run is left. @default it never does */
  readonly late?: boolean;
}

/** Runs `pulumi up`, kills it while CAKE has a request in hand, and waits until no provider process of it is left. */
export async function killedUp({ stack, cake }: World, point: KillPoint): Promise<RecordedRequest> {
  const { on, target = "engine", late = false, ...options } = point;
  const pause = cake.pause(on, options);
  const run = failureOf(stack.up());
  const request = await Promise.race([pause.arrived, run.then((error) => Promise.reject(error))]);
  await stack.kill(target);
  await run;
  expect(await stack.hostsAreGone(MOST_MS), "the provider processes end by themselves").toBe(true);
  if (late) {
    const answer = cake.pause(on, { when: "after" });
    pause.release();
    await answer.arrived;
    answer.release();
  }
  return request;
}

/** Where in the life of a create a run is killed. */
export const beforeItIsSent: KillPoint = { on: "list" };
export const whileItIsUnderWay: KillPoint = { on: "create" };
export const whileItsAnswerIsUnderWay: KillPoint = { on: "create", when: "after" };

/** The first create of a run is read back, so the next list after it comes when the answer is there. */
export const afterItsAnswer = ({ cake }: World): KillPoint => ({
  on: "list",
  where: () => cake.calls("create") > 0,
});
