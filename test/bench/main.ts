/** Prints what the docs claim about speed. `npm run bench`. */
import Table from "cli-table3";
import { loadingCosts } from "./loading";
import { reviewCost } from "./review";

const costs = loadingCosts();
const table = new Table({ head: ["Loading", "Median", "Limit"], style: { head: [], border: [] } });
for (const { what, medianMs, limitMs } of costs)
  table.push([what, `${medianMs.toFixed(1)} ms`, `${limitMs} ms`]);
console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, fresh processes\n${table.toString()}`,
);
if (costs.some(({ medianMs, limitMs }) => medianMs > limitMs)) process.exitCode = 1;

const { changes, medianSeconds, limitSeconds, peakMegabytes, limitMegabytes } = reviewCost();
console.log(
  `pulumi-cake review of ${changes} changes: median ${medianSeconds.toFixed(1)} s (limit ${limitSeconds} s), peak ${Math.round(peakMegabytes)} MB (limit ${limitMegabytes} MB)`,
);
if (medianSeconds > limitSeconds || peakMegabytes > limitMegabytes) process.exitCode = 1;
