import { riskOf } from "./categories";
import type { ReviewedChange } from "./report";

/** Changes that say the same of several postbacks. It has at least one. */
export type ChangeGroup = readonly [ReviewedChange, ...ReviewedChange[]];

// A reader takes in fewer one by one, with what is special to each.
const SMALLEST_GROUP = 5;

/** Equal changes together and all others alone, the riskiest first. Takes time in proportion to the changes. */
export function groupsOf(changes: readonly ReviewedChange[]): ChangeGroup[] {
  const byContent = new Map<string, [ReviewedChange, ...ReviewedChange[]]>();
  for (const change of changes) {
    const key = contentOf(change);
    const group = byContent.get(key);
    if (group) group.push(change);
    else byContent.set(key, [change]);
  }
  return [...byContent.values()]
    .flatMap((group) =>
      group.length < SMALLEST_GROUP ? group.map((change): ChangeGroup => [change]) : [group],
    )
    .sort(
      (one, other) =>
        riskOf(one[0]) - riskOf(other[0]) ||
        severityOf(one[0]) - severityOf(other[0]) ||
        other.length - one.length,
    );
}

// What a new postback sends is all that there is to say of it; of a change it is only an example.
function contentOf(change: ReviewedChange): string {
  const { kind, categories, keptActiveBy, differences, findings, isSampleHidden, sample } = change;
  const sent = kind === "create" ? sample : sample !== undefined;
  const found = findings.map(({ rule, severity, part, what, suppressed }) => {
    return [rule, severity, part, what, suppressed];
  });
  return JSON.stringify([kind, categories, keptActiveBy, differences, found, isSampleHidden, sent]);
}

function severityOf({ findings }: ReviewedChange): number {
  const severities = findings.filter(({ suppressed }) => suppressed === undefined).map((one) => one.severity);
  if (severities.includes("error")) return 0;
  return severities.length > 0 ? 1 : 2;
}
