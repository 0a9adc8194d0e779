import { writePostbacksCsv } from "../../../csv";
import type { AdoptedRow } from "../row";

const COLUMNS = [
  "name",
  "postbackId",
  "affiliateId",
  "offerId",
  "postbackUrl",
  "postbackStatus",
  "postbackTypeId",
] as const;

/** Whether a row of a CSV can show the postback: with no secret in it, and no letter that hides in a spreadsheet. */
export function fitsCsv({ postbackUrl, secrets }: AdoptedRow): boolean {
  return secrets.length === 0 && /^[\x20-\x7e]+$/.test(postbackUrl) && postbackUrl.trim() === postbackUrl;
}

export function csvText(rows: readonly AdoptedRow[]): string {
  return writePostbacksCsv(COLUMNS, rows);
}

/** The program that declares the postbacks of a CSV beside it. */
export function csvProgramText(csvFile: string): string {
  return `import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AffiliatePostback, type AffiliatePostbackArgs } from "pulumi-cake";
import { formatCsvProblems, readPostbacksCsv } from "pulumi-cake/csv";
import { adopted } from "./shared";

const file = join(__dirname, "${csvFile}");
const { rows, problems } = readPostbacksCsv(readFileSync(file), file, [
${COLUMNS.map((column) => `  "${column}",`).join("\n")}
]);
if (problems.length > 0) throw new Error(formatCsvProblems(file, problems));

for (const row of rows) {
  const args = {
    affiliateId: row.affiliateId,
    offerId: row.offerId,
    postbackUrl: row.postbackUrl,
    postbackStatus: row.postbackStatus,
    postbackTypeId: row.postbackTypeId,
    adopt: { postbackId: row.postbackId },
  } as AffiliatePostbackArgs;
  new AffiliatePostback(row.name, args, adopted);
}
`;
}
