/** Groups by a key, in the order of the first of each. What has no key belongs to no group. */
export function groupsOf<T>(all: readonly T[], keyOf: (one: T) => string | undefined): T[][] {
  const byKey = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const group = byKey.get(key);
    if (group) group.push(one);
    else byKey.set(key, [one]);
  }
  return [...byKey.values()];
}
