import { readFileSync } from "node:fs";
import { Config, RunError } from "@pulumi/pulumi";
import { type InfoRecord, parse } from "csv-parse/sync";
import { AffiliatePostback } from "pulumi-cake";

// To onboard an affiliate, add its rows to the CSV file and open a pull request: "pulumi preview" shows the new
// postbacks, "pulumi up" registers them in CAKE. A row that is removed switches its postback off.
const config = new Config();
const file = config.get("file") ?? "affiliates.csv";
// An export that was cut off would switch off every postback it lacks. Raise this as the file grows.
const minimumRows = config.getNumber("minimumRows") ?? 5;
// What must stand in each column. Further columns, such as the affiliate's name, are for the reviewers.
const COLUMNS: Record<string, { good: RegExp; must: string }> = {
  affiliate_id: { good: /^[1-9]\d{0,9}$/, must: "be the number that CAKE shows for the affiliate" },
  offer_id: { good: /^(0|[1-9]\d{0,9})$/, must: "be the number that CAKE shows for the offer, or 0 for all" },
  slot: { good: /^[a-z0-9-]+$/, must: "name the postback in small letters, such as main" },
  postback_url: { good: /^https?:\/\/[^\s/]+\S*$/, must: "be a URL with CAKE's macros and without blanks" },
};
type Row = { record: Record<string, string>; info: InfoRecord };

const rows = readRows();
const problems: string[] = [];
const rowOfName = new Map<string, number>();
for (const { record, info } of rows) {
  const row = info.lines; // as spreadsheets count: the header is row 1
  for (const [column, { good, must }] of Object.entries(COLUMNS))
    if (!good.test(record[column] ?? "")) problems.push(`row ${row}, column ${column}: must ${must}`);
  if (info.error) problems.push(`row ${row}: more or fewer values than columns; quote a value with a comma`);
  const same = rowOfName.get(nameOf(record));
  if (same) problems.push(`row ${row}, columns affiliate_id, offer_id, slot: equal to row ${same}`);
  rowOfName.set(nameOf(record), same ?? row);
}
if (rows.length < minimumRows) problems.push(`${rows.length} rows, and at least ${minimumRows} are expected`);
// Before the first resource: with one bad row nothing is declared, so nothing is changed in CAKE.
if (problems.length > 0) throw new RunError(problems.map((problem) => `${file}: ${problem}`).join("\n"));
for (const { record } of rows) {
  const { affiliate_id: affiliate, offer_id: offer, postback_url: postbackUrl = "" } = record;
  const declared = { affiliateId: Number(affiliate), offerId: Number(offer), postbackUrl };
  new AffiliatePostback(nameOf(record), declared);
}

// Made from what stays the same for ever. A name made from the row's number would move with each inserted row.
function nameOf({ affiliate_id, offer_id, slot }: Row["record"]): string {
  return `affiliate-${affiliate_id}-offer-${offer_id}-${slot}`;
}

function readRows(): Row[] {
  const columns = (header: string[]) => {
    const missing = Object.keys(COLUMNS).filter((column) => !header.includes(column));
    if (missing.length > 0) throw new Error(`row 1: there is no column ${missing.join(", ")}`);
    return header;
  };
  try {
    return parse(readFileSync(file), { bom: true, columns, info: true, relax_column_count: true });
  } catch (error) {
    throw new RunError(`${file}: ${error instanceof Error ? error.message : "cannot be read"}`);
  }
}
