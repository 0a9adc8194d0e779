import { existsSync, readFileSync } from "node:fs";
import { RunError } from "@pulumi/pulumi";
import { type CsvProblem, formatCsvProblems, readPostbacksCsv } from "pulumi-cake/csv";

// Further columns, such as the affiliate's name, are for the reviewers.
const NEEDED = ["affiliateId", "offerId", "slot", "postbackStatus", "postbackUrl"] as const;

/** Reads a file of postbacks, or ends the run with all that is wrong with it, before anything is declared. */
export function readRows(file: string, minimum: number) {
  if (!existsSync(file)) throw new RunError(`${file} does not exist`);
  const { rows, problems: ofFile } = readPostbacksCsv(readFileSync(file), file, NEEDED);
  const problems: CsvProblem[] = [...ofFile];
  const lineOf = new Map<string, number>();
  const named = rows.map((row) => {
    const { line, affiliateId, offerId, postbackStatus: status, postbackUrl: url, others } = row;
    // The resource's name ties the row to its postback, so it is made from what stays the same for ever.
    const name = `affiliate-${affiliateId}-offer-${offerId}-${others.slot}`;
    const check = (isGood: boolean, column: string, found: string, must: string) =>
      isGood || problems.push({ line, column, found, must });
    check(/^[a-z0-9-]+$/.test(others.slot), "slot", others.slot, "must be in small letters, such as main");
    check(/^(in)?active$/.test(status), "status", status, "must be active or inactive");
    check(/^https?:\/\/[^\s/]+\S*$/.test(url), "postback_url", url, "must be a URL without blanks");
    const first = lineOf.get(name);
    if (first) problems.push({ line, must: `must not declare ${name} again: line ${first} does` });
    lineOf.set(name, first ?? line);
    return { ...row, name };
  });
  if (rows.length < minimum) problems.push({ must: `must have ${minimum} good rows, found ${rows.length}` });
  if (problems.length > 0) throw new RunError(formatCsvProblems(file, problems));
  return named;
}
