import type { LiveRow, Source } from "../input/live/source";
import type { ManagedPostback, Stack } from "../input/stacks";

/** A postback as CAKE has it and as the stacks have it; one of the two may lack. */
export interface MatchedPostback {
  readonly source: Source;
  readonly id: number;
  readonly live: LiveRow | undefined;
  readonly managed: readonly ManagedPostback[];
}

/** Puts what is live and what the stacks have side by side, in the order of the instances and their ids. */
export function matchPostbacks(sources: readonly Source[], stacks: readonly Stack[]): MatchedPostback[] {
  const all = stacks.flatMap(({ postbacks }) => postbacks);
  return sources.flatMap((source) => {
    const here = all.filter((postback) => isOnInstance(source, postback));
    const pairs = source.kind === "campaigns" ? matchByContent(source, here) : matchById(source, here);
    return pairs.sort((one, other) => one.id - other.id);
  });
}

/** Whether a postback of a state lives on the instance that was read. */
export function isOnInstance({ hosts }: Source, { instance }: ManagedPostback): boolean {
  return instance !== undefined && hosts.includes(instance);
}

function matchById(source: Source, here: readonly ManagedPostback[]): MatchedPostback[] {
  const managed = groupBy(here, ({ id }) => id);
  const pairs = source.rows.map((live): MatchedPostback => {
    return { source, id: live.id, live, managed: managed.get(live.id) ?? [] };
  });
  const seen = new Set(source.rows.map(({ id }) => id));
  const unseen = [...managed].filter(([id]) => !seen.has(id));
  return [
    ...pairs,
    ...unseen.map(([id, ofId]): MatchedPostback => ({ source, id, live: undefined, managed: ofId })),
  ];
}

// A campaign has another id than its postback, so only what both have can tell that they belong together.
function matchByContent(source: Source, here: readonly ManagedPostback[]): MatchedPostback[] {
  const managed = groupBy(here, (one) =>
    one.url.kind === "known" ? contentOf(one.affiliateId, one.offerId, one.url.value) : `${one.id}`,
  );
  const pairs = source.rows.map((live): MatchedPostback => {
    const content = contentOf(live.affiliateId, live.offerId, live.url);
    return { source, id: live.id, live, managed: managed.get(content) ?? [] };
  });
  const found = new Set(pairs.flatMap((pair) => pair.managed));
  const unseen = here.filter((one) => !found.has(one));
  return [
    ...pairs,
    ...unseen.map((one): MatchedPostback => ({ source, id: one.id, live: undefined, managed: [one] })),
  ];
}

function contentOf(affiliateId: unknown, offerId: unknown, url: unknown): string {
  return JSON.stringify([affiliateId, offerId, url]);
}

function groupBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
