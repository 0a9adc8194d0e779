import { readFileSync } from "node:fs";
import { RunError } from "@pulumi/pulumi";
import { type InfoRecord, parse } from "csv-parse/sync";

// What must stand in each column. Further columns, such as the affiliate's name, are for the reviewers.
const COLUMNS: Record<string, { good: RegExp; must: string }> = {
  affiliate_id: { good: /^[1-9]\d{0,9}$/, must: "be the number that CAKE shows for the affiliate" },
  offer_id: { good: /^(0|[1-9]\d{0,9})$/, must: "be the number that CAKE shows for the offer, or 0 for all" },
  slot: { good: /^[a-z0-9-]+$/, must: "name the postback in small letters, such as main" },
  status: { good: /^(active|inactive)$/, must: "be active or inactive" },
  postback_url: { good: /^https?:\/\/[^\s/]+\S*$/, must: "be a URL with CAKE's macros and without blanks" },
};
type Row = Record<"name" | "affiliate_id" | "offer_id" | "slot" | "status" | "postback_url", string>;

/** Reads a file of postbacks, or ends the run with all that is wrong with it, before anything is declared. */
export function readRows(file: string, minimum: number): Row[] {
  const seen = new Map<string, number>();
  const problems: string[] = [];
  const rows = parseFile(file).map(({ record, info: { lines: row, error } }) => {
    // The resource's name ties the row to its postback, so it is made from what stays the same for ever.
    const name = `affiliate-${record.affiliate_id}-offer-${record.offer_id}-${record.slot}`;
    const first = seen.get(name);
    seen.set(name, first ?? row);
    for (const [column, { good, must }] of Object.entries(COLUMNS))
      if (!good.test(record[column] ?? "")) problems.push(`row ${row}, column ${column}: must ${must}`);
    if (error) problems.push(`row ${row}: more or fewer values than columns; quote a value with a comma`);
    if (first) problems.push(`row ${row}, columns affiliate_id, offer_id, slot: equal to row ${first}`);
    return { ...record, name } as Row;
  });
  if (rows.length < minimum) problems.push(`${rows.length} rows, and at least ${minimum} are expected`);
  if (problems.length > 0) throw new RunError(problems.map((problem) => `${file}: ${problem}`).join("\n"));
  return rows;
}

function parseFile(file: string): { record: Record<string, string>; info: InfoRecord }[] {
  try {
    return parse(readFileSync(file), { bom: true, columns: true, info: true, relax_column_count: true });
  } catch (error) {
    throw new RunError(`${file}: ${error instanceof Error ? error.message : "cannot be read"}`);
  }
}
