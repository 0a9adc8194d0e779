import { formatCsvProblems, readPostbacksCsv } from "../../csv";
import { CodedError } from "../../message";
import { maskText } from "../../postback/secrets";
import { readFile } from "../input/text";
import { messages } from "./messages";

/** What people call their affiliates, by ID, from a CSV with affiliate_id and name. Throws a message for people. */
export function readPartners(file: string): Map<number, string> {
  const { rows, problems } = readPostbacksCsv(readFile(file), file, ["affiliateId", "name"]);
  if (problems.length > 0) throw new Error(formatCsvProblems(file, problems));
  if (rows.length === 0) throw new CodedError(messages.partnersEmpty(file));
  return new Map(rows.map(({ affiliateId, name }) => [affiliateId, maskText(name)]));
}
