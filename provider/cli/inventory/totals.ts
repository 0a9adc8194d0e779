import type { Totals } from "./report";
import {
  type Counts,
  GROUP_KINDS,
  type Group,
  type GroupKind,
  type InventoryRecord,
  type Mark,
} from "./report";
import { UNTOLD } from "./words";

export function totalsOf(all: readonly InventoryRecord[]): Totals {
  const active = all.filter(({ marks }) => !marks.includes("inactive"));
  return {
    ...countsOf(all),
    warned: marked(all, "warned"),
    claimedTwice: marked(all, "claimedTwice"),
    notCompared: marked(all, "notCompared"),
    coverage: coverageOf(countsOf(all)),
    activeCoverage: coverageOf(countsOf(active)),
  };
}

export function groupsOf(all: readonly InventoryRecord[]): Record<GroupKind, Group[]> {
  return Object.fromEntries(GROUP_KINDS.map((kind) => [kind, groupsBy(all, kind)])) as Record<
    GroupKind,
    Group[]
  >;
}

const KEYS: Readonly<Record<GroupKind, (record: InventoryRecord) => string>> = {
  affiliate: ({ affiliateId }) => String(affiliateId ?? UNTOLD.fact),
  offer: ({ offerId }) => String(offerId ?? UNTOLD.fact),
  host: ({ host }) => host ?? UNTOLD.url,
  tracker: ({ tracker, url }) => tracker ?? (url === null ? UNTOLD.url : UNTOLD.tracker),
  shape: ({ shape }) => shape ?? UNTOLD.url,
};

// The largest first; those of one size in the order of people, with 9 before 10.
function groupsBy(all: readonly InventoryRecord[], kind: GroupKind): Group[] {
  const members = new Map<string, InventoryRecord[]>();
  for (const one of all) {
    const key = KEYS[kind](one);
    const group = members.get(key);
    if (group) group.push(one);
    else members.set(key, [one]);
  }
  const inOrder = new Intl.Collator("en", { numeric: true });
  return [...members]
    .map(([key, group]) => ({ key, ...countsOf(group) }))
    .sort((one, other) => other.live - one.live || inOrder.compare(one.key, other.key));
}

function countsOf(all: readonly InventoryRecord[]): Counts {
  const seen = all.filter(({ isSeen }) => isSeen);
  const standing = (wanted: InventoryRecord["standing"], among: readonly InventoryRecord[]) =>
    among.filter((record) => record.standing === wanted).length;
  return {
    live: seen.length,
    managed: standing("managed", seen),
    unmanaged: standing("unmanaged", seen),
    missing: standing("missing", all),
    drifted: marked(all, "drifted"),
    inactive: marked(all, "inactive"),
    duplicate: marked(all, "duplicate"),
    broken: marked(all, "broken"),
    exposed: marked(all, "exposed"),
  };
}

function marked(all: readonly InventoryRecord[], mark: Mark): number {
  return all.filter(({ marks }) => marks.includes(mark)).length;
}

// Rounded down: 100 % is said only of all.
function coverageOf({ live, managed }: Counts): number | null {
  return live === 0 ? null : Math.floor((managed / live) * 1000) / 10;
}
