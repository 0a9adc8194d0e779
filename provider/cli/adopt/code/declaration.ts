import type { AdoptedRow } from "../row";
import type { SecretNames } from "./secrets";
import { type Need, urlProperty } from "./url";

/** What the lines of one run share. */
export interface Context {
  readonly secrets: SecretNames;
  /** What an affiliate is called. */
  readonly partnerOf: (affiliateId: number) => string;
}

/** Files with their whole text, and what their lines need. */
export interface Written {
  readonly files: ReadonlyMap<string, string>;
  readonly needs: ReadonlySet<Need>;
}

/** The lines that say what a postback is, and what they need. What is the default is not said. */
export function propertiesOf(
  row: AdoptedRow,
  indent: string,
  { secrets, partnerOf }: Context,
): { readonly lines: readonly string[]; readonly needs: readonly Need[] } {
  const { affiliateId, offerId, postbackUrl, postbackStatus, postbackTypeId } = row;
  const { text, needs } = urlProperty(postbackUrl, partnerOf(affiliateId), indent, secrets);
  return {
    lines: [
      `${indent}affiliateId: ${affiliateId},`,
      `${indent}offerId: ${offerId},`,
      text,
      ...(postbackStatus === "active" ? [] : [`${indent}postbackStatus: "${postbackStatus}",`]),
      ...(postbackTypeId === 1 ? [] : [`${indent}postbackTypeId: ${postbackTypeId},`]),
    ],
    needs,
  };
}
