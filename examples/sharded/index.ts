import { readFileSync } from "node:fs";
import { getStack, RunError } from "@pulumi/pulumi";
import { parse } from "csv-parse/sync";
import { AffiliatePostback, type PostbackStatus } from "pulumi-cake";
import { nameOf, problemsOfRanges, problemsOfRows, type Row, rangesOf, stackOf } from "./sharding";

// One table for the whole network; each stack declares the rows of the affiliates that shards.json gives to it.
const ranges = rangesOf(JSON.parse(readFileSync("shards.json", "utf8")));
const rows: Row[] = parse(readFileSync("postbacks.csv"), { bom: true, columns: true });
const problems = [...problemsOfRanges(ranges), ...problemsOfRows(ranges, rows)];
if (!ranges.some(({ stack }) => stack === getStack())) problems.push(`shards.json: no shard ${getStack()}`);
// Before the first resource: with one problem nothing is declared, so nothing is changed in CAKE.
if (problems.length > 0) throw new RunError(`${problems.length} wrong:\n${problems.slice(0, 50).join("\n")}`);

for (const row of rows.filter((one) => stackOf(ranges, one) === getStack())) {
  const [affiliateId, offerId, postbackUrl] = [+row.affiliate_id, +row.offer_id, row.postback_url];
  const declared = { affiliateId, offerId, postbackUrl, postbackStatus: row.status as PostbackStatus };
  // A row that is cut off, or goes to another shard before its state does, must not switch its postback off.
  new AffiliatePostback(nameOf(row), declared, { protect: true });
}
