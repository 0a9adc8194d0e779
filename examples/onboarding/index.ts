import { readFileSync } from "node:fs";
import { Config, RunError } from "@pulumi/pulumi";
import { AffiliatePostback } from "pulumi-cake";
import { type CsvProblem, formatCsvProblems, readPostbacksCsv } from "pulumi-cake/csv";

// To onboard an affiliate, add its rows to the CSV file and open a pull request: "pulumi preview" shows the new
// postbacks, "pulumi up" registers them in CAKE. A row that is removed deactivates its postback.
const config = new Config();
const file = config.get("file") ?? "affiliates.csv";
// An export that was cut off would deactivate every postback it lacks. Raise this as the file grows.
const minimumRows = config.getNumber("minimumRows") ?? 5;
// What each row must hold. Further columns, such as the affiliate's name, are for the reviewers.
const NEEDED = ["affiliateId", "offerId", "slot", "postbackUrl"] as const;

const { rows, problems: ofFile } = readPostbacksCsv(readFileSync(file), file, NEEDED);
const problems: CsvProblem[] = [...ofFile];
const lineOf = new Map<string, number>();
for (const { line, affiliateId, offerId, postbackUrl: url, others } of rows) {
  if (!/^[a-z0-9-]+$/.test(others.slot))
    problems.push({
      line,
      column: "slot",
      found: others.slot,
      must: "must be in small letters, such as main",
    });
  if (!/^https?:\/\/[^\s/]+\S*$/.test(url))
    problems.push({ line, column: "postback_url", found: url, must: "must be a URL without blanks" });
  const name = nameOf(affiliateId, offerId, others.slot);
  const first = lineOf.get(name);
  if (first) problems.push({ line, must: `must not declare ${name} again: line ${first} does` });
  lineOf.set(name, first ?? line);
}
if (rows.length < minimumRows)
  problems.push({ must: `must have ${minimumRows} good rows, found ${rows.length}` });
// Before the first resource: with one bad row nothing is declared, so nothing is changed in CAKE.
if (problems.length > 0) throw new RunError(formatCsvProblems(file, problems));
for (const { affiliateId, offerId, postbackUrl, others } of rows)
  new AffiliatePostback(nameOf(affiliateId, offerId, others.slot), { affiliateId, offerId, postbackUrl });

// Made from what stays the same for ever. A name made from the row's number would move with each inserted row.
function nameOf(affiliateId: number, offerId: number, slot: string): string {
  return `affiliate-${affiliateId}-offer-${offerId}-${slot}`;
}
