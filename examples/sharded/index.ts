import { readFileSync } from "node:fs";
import { getStack, RunError } from "@pulumi/pulumi";
import { AffiliatePostback } from "pulumi-cake";
import { formatCsvProblems, readPostbacksCsv } from "pulumi-cake/csv";
import { NEEDED, nameOf, problemsOfRanges, problemsOfRows, rangesOf, stackOf } from "./sharding";

// One CSV file for the network. Each stack declares the rows of the affiliates that shards.json assigns to it.
const ranges = rangesOf(JSON.parse(readFileSync("shards.json", "utf8")));
const file = "postbacks.csv";
const { rows, problems } = readPostbacksCsv(readFileSync(file), file, NEEDED);
const ofRows = [...problems, ...problemsOfRows(ranges, rows)];
const all = [...problemsOfRanges(ranges), ...(ofRows.length > 0 ? [formatCsvProblems(file, ofRows)] : [])];
if (!ranges.some(({ stack }) => stack === getStack()))
  all.push(`shards.json: must have a shard ${getStack()}`);
// This comes before the first resource, so one problem means that nothing changes in CAKE.
if (all.length > 0) throw new RunError(all.join("\n"));

for (const row of rows.filter((one) => stackOf(ranges, one) === getStack())) {
  const { affiliateId, offerId, postbackUrl } = row;
  const postbackStatus = row.postbackStatus === "inactive" ? "inactive" : "active";
  // If a row is lost, or moves to another shard before its state does, its postback must stay active.
  new AffiliatePostback(
    nameOf(row),
    { affiliateId, offerId, postbackUrl, postbackStatus },
    { protect: true },
  );
}
