import { type Deployment, isPostback, plainText, type ResourceState } from "../input/stackExport";
import type { Configured } from "./settings";

/** Postbacks that live on another instance than the one that their provider works on. */
export interface WrongInstance {
  readonly livesOn: string;
  readonly configured: Configured;
  readonly postbacks: readonly ResourceState[];
}

export interface Placement {
  readonly misplaced: readonly WrongInstance[];
  /** Those whose own instance is secret in the state, or not in it. */
  readonly nowhere: readonly ResourceState[];
  /** Those whose provider's instance is secret in the state, or not in it. */
  readonly incomparable: readonly ResourceState[];
  /** How many postbacks the stack has on each instance that is told. */
  readonly counts: Readonly<Record<string, number>>;
  readonly total: number;
}

/** Compares where each postback of the stack lives with where its provider works. */
export function placementOf(
  { resources }: Deployment,
  configured: ReadonlyMap<string, Configured>,
): Placement {
  const homes = resources.filter(isManaged).map((postback) => ({
    postback,
    livesOn: plainText(postback.outputs.domain),
    configured: configured.get(postback.provider ?? ""),
  }));
  return {
    misplaced: misplacedAmong(homes),
    nowhere: homes.filter(({ livesOn }) => livesOn === undefined).map(({ postback }) => postback),
    incomparable: homes
      .filter((home) => home.livesOn !== undefined && home.configured === undefined)
      .map(({ postback }) => postback),
    counts: countsOf(homes),
    total: homes.length,
  };
}

interface Home {
  readonly postback: ResourceState;
  readonly livesOn: string | undefined;
  readonly configured: Configured | undefined;
}

// What was only looked up is not this stack's, and what waits to be made again has been deactivated.
function isManaged(state: ResourceState): boolean {
  return isPostback(state) && state.id !== undefined && !state.external && !state.pendingReplacement;
}

function misplacedAmong(homes: readonly Home[]): WrongInstance[] {
  const groups = new Map<string, WrongInstance & { postbacks: ResourceState[] }>();
  for (const { postback, livesOn, configured } of homes) {
    if (livesOn === undefined || configured === undefined || configured.hosts.includes(livesOn)) continue;
    const key = `${livesOn} ${postback.provider}`;
    const group = groups.get(key) ?? { livesOn, configured, postbacks: [] };
    group.postbacks.push(postback);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function countsOf(homes: readonly Home[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { livesOn } of homes) {
    if (livesOn !== undefined) counts.set(livesOn, (counts.get(livesOn) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}
