import { resourceId, TYPE_TOKEN } from "../../postback/postback";
import { holdsSecret } from "../../postback/secrets";
import { urlParts } from "../../postback/url";
import { SHELL } from "../../resource/shell";
import { secretOf } from "../input/value";
import type { AdoptedRow } from "./row";

/** What a resource of a state or of an import file holds. */
interface ImportedState {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * The state that a create of this postback would have left, so that the next preview has nothing to change.
 *
 * @param domain Host and port of the instance that it lives on.
 */
function stateOf(row: AdoptedRow, domain: string): ImportedState {
  const { name, postbackId, postbackType } = row;
  const isSecret = row.secrets.length > 0 || holdsSecret(row.postbackUrl);
  const secretIfNeeded = (value: unknown) => (isSecret ? secretOf(value) : value);
  const shared = {
    __provider: SHELL,
    affiliateId: row.affiliateId,
    offerId: row.offerId,
    postbackUrl: secretIfNeeded(row.postbackUrl),
    postbackStatus: row.postbackStatus,
    postbackTypeId: row.postbackTypeId,
    urlParts: secretIfNeeded(urlParts(row.postbackUrl)),
  };
  return {
    type: TYPE_TOKEN,
    name,
    id: resourceId(postbackId),
    inputs: { ...shared, adopt: { postbackId } },
    outputs: { ...shared, postbackId, postbackType, domain },
  };
}

/** The text of a file for `pulumi import --file`. */
export function importFileOf(rows: readonly AdoptedRow[], domain: string): string {
  return `${JSON.stringify({ resources: rows.map((row) => stateOf(row, domain)) }, undefined, 1)}\n`;
}
