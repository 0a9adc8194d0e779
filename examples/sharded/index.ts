import { readFileSync } from "node:fs";
import { getStack, RunError } from "@pulumi/pulumi";
import { AffiliatePostback } from "pulumi-cake";
import { formatCsvProblems, readPostbacksCsv } from "pulumi-cake/csv";
import { NEEDED, nameOf, problemsOfRanges, problemsOfRows, rangesOf, stackOf } from "./sharding";

// One table for the whole network; each stack declares the rows of the affiliates that shards.json gives to it.
const ranges = rangesOf(JSON.parse(readFileSync("shards.json", "utf8")));
const file = "postbacks.csv";
const { rows, problems } = readPostbacksCsv(readFileSync(file), file, NEEDED);
const ofRows = [...problems, ...problemsOfRows(ranges, rows)];
const all = [...problemsOfRanges(ranges), ...(ofRows.length > 0 ? [formatCsvProblems(file, ofRows)] : [])];
if (!ranges.some(({ stack }) => stack === getStack())) all.push(`shards.json: no shard ${getStack()}`);
// Before the first resource: with one problem nothing is declared, so nothing is changed in CAKE.
if (all.length > 0) throw new RunError(all.join("\n"));

for (const row of rows.filter((one) => stackOf(ranges, one) === getStack())) {
  const { affiliateId, offerId, postbackUrl } = row;
  const postbackStatus = row.postbackStatus === "inactive" ? "inactive" : "active";
  // A row that is cut off, or goes to another shard before its state does, must not deactivate its postback.
  new AffiliatePostback(
    nameOf(row),
    { affiliateId, offerId, postbackUrl, postbackStatus },
    { protect: true },
  );
}
