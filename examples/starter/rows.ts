import { existsSync, readFileSync } from "node:fs";
import { RunError } from "@pulumi/pulumi";
import { type CsvProblem, formatCsvProblems, readPostbacksCsv } from "pulumi-cake/csv";

// Reviewers may want more columns, such as the name of the affiliate.
const NEEDED = ["affiliateId", "offerId", "slot", "postbackStatus", "postbackUrl"] as const;

/** Reads a file of postbacks. If anything is wrong with it, the run ends before anything is declared. */
export function readRows(file: string, minimum: number) {
  if (!existsSync(file)) throw new RunError(`${file} does not exist`);
  const { rows, problems: ofFile } = readPostbacksCsv(readFileSync(file), file, NEEDED);
  const problems: CsvProblem[] = [...ofFile];
  const lineOf = new Map<string, number>();
  const named = rows.map((row) => {
    const { line, affiliateId, offerId, postbackStatus: status, postbackUrl: url, others } = row;
    // The resource's name connects the row with its postback, so its parts must never change.
    const name = `affiliate-${affiliateId}-offer-${offerId}-${others.slot}`;
    const check = (isGood: boolean, column: string, found: string, must: string) =>
      isGood || problems.push({ line, column, found, must });
    check(
      /^[a-z0-9-]+$/.test(others.slot),
      "slot",
      others.slot,
      "must be lowercase letters, digits and -, such as main",
    );
    check(/^(in)?active$/.test(status), "status", status, "must be active or inactive");
    check(
      /^https?:\/\/[^\s/]+\S*$/.test(url),
      "postback_url",
      url,
      "must be an http or https URL without spaces",
    );
    const first = lineOf.get(name);
    if (first) problems.push({ line, must: `must not declare ${name}, which line ${first} declares` });
    lineOf.set(name, first ?? line);
    return { ...row, name };
  });
  if (rows.length < minimum)
    problems.push({ must: `must have at least ${minimum} valid rows, found ${rows.length}` });
  if (problems.length > 0) throw new RunError(formatCsvProblems(file, problems));
  return named;
}
