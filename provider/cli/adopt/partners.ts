import { formatCsvProblems, readPostbacksCsv } from "../../csv";
import { maskText } from "../../postback/secrets";
import { readFile } from "../input/text";

/** What people call their affiliates, by ID, from a CSV with affiliate_id and name. Throws a message for people. */
export function readPartners(file: string): Map<number, string> {
  const { rows, problems } = readPostbacksCsv(readFile(file), file, ["affiliateId", "name"]);
  if (problems.length > 0) throw new Error(formatCsvProblems(file, problems));
  if (rows.length === 0)
    throw new Error(`${file} names no partner. It needs the columns affiliate_id and name.`);
  return new Map(rows.map(({ affiliateId, name }) => [affiliateId, maskText(name)]));
}
