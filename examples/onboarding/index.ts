import { readFileSync } from "node:fs";
import { Config, RunError } from "@pulumi/pulumi";
import { AffiliatePostback } from "pulumi-cake";
import { type CsvProblem, formatCsvProblems, readPostbacksCsv } from "pulumi-cake/csv";

// To onboard an affiliate, add its rows to the CSV file and open a pull request. "pulumi preview" shows the new
// postbacks, and "pulumi up" creates them in CAKE. If a row is removed, its postback is deactivated.
const config = new Config();
const file = config.get("file") ?? "affiliates.csv";
// A truncated file would deactivate every postback that it lacks. Raise this number as the file grows.
const minimumRows = config.getNumber("minimumRows") ?? 5;
// What each row must have. Reviewers may want more columns, such as the name of the affiliate.
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
      must: "must be lowercase letters, digits and -, such as main",
    });
  if (!/^https?:\/\/[^\s/]+\S*$/.test(url))
    problems.push({
      line,
      column: "postback_url",
      found: url,
      must: "must be an http or https URL without spaces",
    });
  const name = nameOf(affiliateId, offerId, others.slot);
  const first = lineOf.get(name);
  if (first) problems.push({ line, must: `must not declare ${name}, which line ${first} declares` });
  lineOf.set(name, first ?? line);
}
if (rows.length < minimumRows)
  problems.push({ must: `must have at least ${minimumRows} valid rows, found ${rows.length}` });
// This comes before the first resource, so one invalid row means that nothing changes in CAKE.
if (problems.length > 0) throw new RunError(formatCsvProblems(file, problems));
for (const { affiliateId, offerId, postbackUrl, others } of rows)
  new AffiliatePostback(nameOf(affiliateId, offerId, others.slot), { affiliateId, offerId, postbackUrl });

// The parts of a name must never change. With row numbers, each inserted row would rename the resources after it.
function nameOf(affiliateId: number, offerId: number, slot: string): string {
  return `affiliate-${affiliateId}-offer-${offerId}-${slot}`;
}
