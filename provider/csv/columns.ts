import { EXPECTED_IDS } from "../postback/fields";
import { CLICK_ID_SLOTS } from "../postback/macros";
import { isDay } from "../postback/rules/readCandidate";
import type { CsvField, CsvRow } from "./row";

/** How a CSV writes a field of a postback. */
interface FieldColumn<T> {
  /** The headers under which it is found, the clearest first. Case, spaces and punctuation do not matter. */
  readonly headers: readonly string[];
  /** Headers under which people also write names: they count if most cells below them can be read. */
  readonly nameHeaders?: readonly string[];
  /** What a cell must be, as people read it. */
  readonly must: string;
  /** The value of a cell that is not blank, or `undefined` if it cannot be read. */
  readonly read: (cell: string) => T | undefined;
}

/** Every field that is read from and written to a CSV. */
export const COLUMNS: { readonly [F in CsvField]: FieldColumn<NonNullable<CsvRow[F]>> } = {
  name: { headers: ["name", "resource_name"], must: "must be a name", read: (cell) => cell },
  instance: {
    headers: ["instance"],
    must: "must be the host of a CAKE instance",
    read: (cell) => cell.trim(),
  },
  postbackId: {
    headers: ["postback_id", "pixel_id", "id"],
    must: `must be ${EXPECTED_IDS.postbackId}`,
    read: (cell) => idIn(cell, 1),
  },
  affiliateId: {
    headers: ["affiliate_id", "source_affiliate_id", "aff_id", "partner_id"],
    nameHeaders: ["affiliate", "source_affiliate", "partner"],
    must: `must be ${EXPECTED_IDS.affiliateId}`,
    read: (cell) => idIn(cell, 1),
  },
  offerId: {
    headers: ["offer_id", "site_offer_id", "oid"],
    nameHeaders: ["offer", "site_offer"],
    must: `must be ${EXPECTED_IDS.offerId}`,
    read: (cell) => idIn(cell, 0),
  },
  postbackStatus: {
    headers: ["postback_status", "status", "pixel_status"],
    must: "must be a status such as active or inactive",
    read: (cell) => /^[a-z][a-z _-]{0,39}$/.exec(cell.trim().toLowerCase())?.[0],
  },
  postbackType: {
    headers: ["postback_type", "type"],
    must: "must be CAKE's name of a type, such as Server",
    read: (cell) => /^[^/?=]{1,60}$/.exec(cell.trim())?.[0],
  },
  postbackTypeId: {
    headers: ["postback_type_id", "type_id"],
    must: "must be a CAKE postback type ID such as 1",
    read: (cell) => idIn(cell, 1),
  },
  postbackUrl: {
    headers: ["postback_url", "url", "postback"],
    must: "must be a postback URL",
    read: (cell) => cell,
  },
  clickIdSlot: {
    headers: ["click_id_slot"],
    must: "must be the sub ID of the click ID, such as s2",
    read: (cell) => CLICK_ID_SLOTS.find((slot) => slot === cell.trim().toLowerCase()),
  },
  overlapUntil: {
    headers: ["overlap_until"],
    must: "must be a date such as 2026-12-31",
    read: (cell) => (isDay(cell.trim()) ? cell.trim() : undefined),
  },
};

export function isField(name: string): name is CsvField {
  return Object.hasOwn(COLUMNS, name);
}

/** The header under which a column is written. */
export function headerOf(name: string): string {
  return isField(name) ? (COLUMNS[name].headers[0] ?? name) : name;
}

/** A header without case, spaces and punctuation, as headers are compared. */
export function plainHeader(header: string): string {
  return header
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** Whether this header is one of a field. */
export function isKnownHeader(header: string): boolean {
  const plain = plainHeader(header);
  return Object.keys(COLUMNS).some((field) => headersOf(field as CsvField).includes(plain));
}

/** All headers of a field as they are compared, the clearest first. */
export function headersOf(field: CsvField): string[] {
  const { headers, nameHeaders = [] } = COLUMNS[field];
  return [...headers, ...nameHeaders].map(plainHeader);
}

// Admin pages write "Acme Media (67890)" or only the number.
function idIn(cell: string, lowest: number): number | undefined {
  const { alone, behind } = /^(?<alone>\S+)$|\((?<behind>[^()]*)\)$/.exec(cell.trim())?.groups ?? {};
  const digits = behind ?? alone ?? "";
  return /^(?:0|[1-9]\d{0,14})$/.test(digits) && Number(digits) >= lowest ? Number(digits) : undefined;
}
