import { withSamples } from "../../postback/macros";
import { maskUrl } from "../../postback/secrets";
import { readableUrl } from "./changes";
import { differencesOf } from "./differences";
import type { Review } from "./review";

/** The review for tools, whole. The names of its fields are stable. */
export function asReport(review: Review): object {
  const { counts, changes, together, oldFindings, hidden, stops, isFromNothing } = review;
  return {
    ...{ version: 1, passes: stops.length === 0, stops, counts, oldFindings, hidden, isFromNothing },
    together: together.map(({ quoted: _, fixed: __, ...finding }) => finding),
    changes: changes.map(({ change, risks, broken }) => {
      const url = readableUrl(change.after);
      return {
        ...{ name: change.name, kind: change.kind, postbackId: change.id, risks },
        affiliateId: (change.after ?? change.before)?.affiliateId,
        offerId: (change.after ?? change.before)?.offerId,
        differences: differencesOf(change),
        sample: url === undefined ? undefined : withSamples(maskUrl(url)),
        broken: broken.map(({ quoted: _, fixed: __, ...finding }) => finding),
      };
    }),
  };
}
