/** How a list orders its rows, by their IDs. */
export type Order = "oldestFirst" | "newestFirst" | "neither";

/** The order of IDs as they were listed; undefined if they are too few to show one. */
export function orderOf(ids: readonly number[]): Order | undefined {
  const pairs = ids.slice(1).map((id, index) => [ids[index] ?? id, id] as const);
  if (pairs.length === 0) return undefined;
  if (pairs.every(([one, next]) => one < next)) return "oldestFirst";
  return pairs.every(([one, next]) => one > next) ? "newestFirst" : "neither";
}
