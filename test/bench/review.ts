import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TYPE_TOKEN } from "../../provider/postback/postback";
import { runCommand, typicalRun } from "./command";

/** What a review of a large change costs. */
export interface ReviewCost {
  readonly changes: number;
  readonly medianSeconds: number;
  readonly limitSeconds: number;
  readonly peakMegabytes: number;
  readonly limitMegabytes: number;
}

const RUNS = 5;

/** Reviews a preview of 10,000 changed URLs, each time in a fresh process. */
export function reviewCost(): ReviewCost {
  const folder = mkdtempSync(join(tmpdir(), "cake-bench-"));
  try {
    const preview = join(folder, "preview.json");
    writeFileSync(preview, previewOf(10_000));
    const cost = typicalRun(RUNS, () => runCommand("review", preview));
    return { changes: 10_000, ...cost, limitSeconds: 5, limitMegabytes: 500 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function previewOf(count: number): string {
  const url = "https://track.partner.net/pb?cid=#s2#&payout=#price#";
  const steps = Array.from({ length: count }, (_, index) => {
    const old = {
      affiliateId: 1 + (index % 50),
      offerId: index + 1,
      postbackUrl: url,
      postbackStatus: "active",
      postbackTypeId: 1,
    };
    const now = { ...old, postbackUrl: `https://track.partner.net/pb?cid=#s3#&payout=#price#&x=${index}` };
    return {
      ...{ op: "update", urn: `urn:pulumi:dev::shop::${TYPE_TOKEN}::postback-${index}`, detailedDiff: null },
      oldState: { type: TYPE_TOKEN, id: String(index + 1), inputs: old, outputs: old },
      newState: { type: TYPE_TOKEN, inputs: now },
    };
  });
  return JSON.stringify({ steps });
}
