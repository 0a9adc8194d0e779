import { ALL_CONDITIONS, type Condition } from "./conditions";
import {
  type Counts,
  GROUP_KINDS,
  type Group,
  type GroupKind,
  type InventoryPostback,
  type Totals,
} from "./report";

export function countTotals(all: readonly InventoryPostback[]): Totals {
  const active = countConditions(all.filter(({ is }) => !is.includes("inactive")));
  const counts = countConditions(all);
  return {
    ...counts,
    active: active.live,
    coverage: coverageOf(counts),
    activeCoverage: coverageOf(active),
  };
}

export function countGroups(all: readonly InventoryPostback[]): Record<GroupKind, Group[]> {
  const groups = GROUP_KINDS.map((kind) => [kind, groupsBy(all, kind)]);
  return Object.fromEntries(groups) as Record<GroupKind, Group[]>;
}

/** What a postback is counted under. */
export function groupKey(
  kind: GroupKind,
  { affiliateId, offerId, host, tracker, shape }: InventoryPostback,
): string {
  return String({ affiliate: affiliateId, offer: offerId, host, tracker, shape }[kind] ?? "unknown");
}

// The largest first; those of one size in the order of people, with 9 before 10.
function groupsBy(all: readonly InventoryPostback[], kind: GroupKind): Group[] {
  const members = new Map<string, InventoryPostback[]>();
  for (const one of all) {
    const key = groupKey(kind, one);
    const group = members.get(key);
    if (group) group.push(one);
    else members.set(key, [one]);
  }
  const inOrder = new Intl.Collator("en", { numeric: true });
  return [...members]
    .map(([key, group]) => ({ key, ...countConditions(group) }))
    .sort((one, other) => other.live - one.live || inOrder.compare(one.key, other.key));
}

function countConditions(all: readonly InventoryPostback[]): Counts {
  const counts = Object.fromEntries(ALL_CONDITIONS.map((one) => [one, 0])) as Record<Condition, number>;
  for (const { is } of all) for (const one of is) counts[one] += 1;
  return { live: all.filter(({ isLive }) => isLive).length, ...counts };
}

// Rounded down: 100 % is said only of all.
function coverageOf({ live, managed }: Counts): number | null {
  return live === 0 ? null : Math.floor((managed / live) * 1000) / 10;
}
