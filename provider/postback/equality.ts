import { matchType, type Postback, type PostbackDeclaration } from "./postback";
import { isSpellingOf } from "./url";

/**
 * Whether a live postback may be the declared one: the same affiliate and offer, the URL in any spelling, and a type
 * that is equal or unknown. That is enough to refuse a second one.
 */
export function mayBeEqual(row: Postback, declaration: Omit<PostbackDeclaration, "postbackStatus">): boolean {
  return (
    row.affiliateId === declaration.affiliateId &&
    row.offerId === declaration.offerId &&
    isSpellingOf(row.postbackUrl, declaration.postbackUrl) &&
    matchType(row.postbackType, declaration.postbackTypeId) !== "different"
  );
}
