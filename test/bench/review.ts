import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TYPE_TOKEN } from "../../provider/postback/postback";

/** What a review of a large change costs. */
export interface ReviewCost {
  readonly changes: number;
  readonly medianSeconds: number;
  readonly limitSeconds: number;
  readonly peakMegabytes: number;
  readonly limitMegabytes: number;
}

const COMMAND = join(__dirname, "../../dist/cli/main.js");
const RUNS = 5;

/** Reviews a preview of 10,000 changed URLs, each time in a fresh process. */
export function reviewCost(): ReviewCost {
  const folder = mkdtempSync(join(tmpdir(), "cake-bench-"));
  try {
    const preview = join(folder, "preview.json");
    writeFileSync(preview, previewOf(10_000));
    const runs = Array.from({ length: RUNS }, () => run(preview));
    const seconds = runs.map((one) => one.seconds).sort((a, b) => a - b);
    return {
      ...{ changes: 10_000, medianSeconds: seconds[Math.floor(RUNS / 2)] ?? Number.NaN, limitSeconds: 5 },
      ...{ peakMegabytes: Math.max(...runs.map(({ megabytes }) => megabytes)), limitMegabytes: 500 },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(preview: string): { seconds: number; megabytes: number } {
  // The command as it is, and what its process has used at its end.
  const code = `process.argv.splice(1, 0, ${JSON.stringify(COMMAND)});
    process.on("exit", () => { process.exitCode = 0; console.error(process.resourceUsage().maxRSS); });
    require(${JSON.stringify(COMMAND)});`;
  const start = performance.now();
  const printed = execFileSync(
    "sh",
    ["-c", '"$0" -e "$1" review "$2" 2>&1 >/dev/null', process.execPath, code, preview],
    {
      encoding: "utf8",
    },
  );
  return { seconds: (performance.now() - start) / 1000, megabytes: Number(printed) / 1024 };
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
