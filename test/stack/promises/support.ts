import { expect } from "vitest";
import type { CliStack, ConfigMap, OperationResult } from "../support/cli";
import { acme, type Declared, declare } from "../support/declare";
import { failureOf } from "../support/failures";
import { project } from "../support/places";
import { once } from "../support/steps";
import { openWorld, type World } from "../support/world";

export const URL = acme().args.postbackUrl as string;

/** Breaks a rule that is an error, whatever the project decides. */
export const BROKEN_URL = "https://tracker.example/postback?cid={clickid}";

export const open = (config: ConfigMap = {}): Promise<World> =>
  openWorld({ workDir: project("declared.ts"), config });

/** The program declares these postbacks, and `up` succeeds. */
export async function comesUp(world: World, postbacks: Record<string, Declared>) {
  await declare(world, postbacks);
  return once(world, (stack) => stack.up());
}

/** The program declares these postbacks, and `up` fails with this text. */
export async function isRefused(
  world: World,
  postbacks: Record<string, Declared>,
  operation: (stack: CliStack) => Promise<OperationResult> = (stack) => stack.up(),
): Promise<string> {
  await declare(world, postbacks);
  const { stdout, stderr } = await failureOf(operation(world.stack));
  return stdout + stderr;
}

/** Nothing is left to do, and CAKE is not asked. */
export async function isSettled(world: World): Promise<void> {
  expect(await once(world, (stack) => stack.up()), "one more up").toMatchObject({ did: {}, calls: {} });
}

/** The live postbacks of the affiliate, each as "id offer status". */
export const live = ({ cake }: World): string[] =>
  cake
    .postbacks()
    .map(({ postbackId, offerId, postbackStatus }) => `${postbackId} ${offerId} ${postbackStatus}`);

export const activeIds = ({ cake }: World): number[] =>
  cake
    .postbacks()
    .filter(({ postbackStatus }) => postbackStatus === "active")
    .map(({ postbackId }) => postbackId);

/** A postback that somebody made in CAKE, like {@link acme} but for the changes. */
export const made = ({ cake }: World, changes: Partial<Parameters<World["cake"]["add"]>[0]> = {}): number =>
  cake.add({ affiliateId: 67890, offerId: 12345, postbackUrl: URL, ...changes }).postbackId;

export const previewed = (stack: CliStack): Promise<OperationResult> => stack.preview();
