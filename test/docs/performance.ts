/** What the benchmark saved, for the page about performance and its picture. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LIFE, typical } from "../bench/medians";
import { NAMES, reportParts } from "../bench/report";
import { PEERS, type Peer, type Results, savedResults } from "../bench/results";
import { withFreshParts } from "./pages";

const ROOT = join(__dirname, "../..");
/** The pages whose generated parts are all made of what was measured. */
const PAGES = ["docs/performance.md", "docs/which-door.md"];

/** Where the picture stands, from the root of the project. */
export const CHART = "docs/images/performance.svg";

const SIZE = 1_000;
const LATENCY_MS = 100;

/** Every part by the name that its markers carry. */
export function performanceParts(): Record<string, string> {
  return reportParts(results());
}

/** Rewrites tables, sentences and picture. */
export function writePerformance(measured: Results): void {
  for (const page of PAGES.map((path) => join(ROOT, path)))
    writeFileSync(page, withFreshParts(readFileSync(page, "utf8"), reportParts(measured)));
  writeFileSync(join(ROOT, CHART), performanceChart(measured));
}

function results(): Results {
  const saved = savedResults();
  if (saved === undefined) throw new Error('Nothing was measured yet: run "npm run bench".');
  return saved;
}

const COLOURS: Readonly<Record<Peer, string>> = {
  ours: "#0969da",
  plugin: "#8250df",
  floor: "#8c959f",
  tutorial: "#bc4c00",
};
const [LEFT, TOP, WIDTH, BAR, GAP] = [130, 64, 560, 14, 18];

/** Bars of what each operation takes. */
export function performanceChart({ samples } = results()): string {
  const operations = LIFE.map((operation) => ({
    operation,
    bars: PEERS.flatMap((peer) => {
      const latencyMs = peer === "floor" ? 0 : LATENCY_MS;
      const one = typical(samples, { peer, operation, size: SIZE, latencyMs });
      return one === undefined ? [] : [{ peer, seconds: one.seconds }];
    }),
  }));
  const told = PEERS.filter((peer) => operations.some(({ bars }) => bars.some((one) => one.peer === peer)));
  const longest = Math.max(1, ...operations.flatMap(({ bars }) => bars.map(({ seconds }) => seconds)));
  const step = told.length * BAR + GAP;
  const height = TOP + operations.length * step;
  const drawn = operations.flatMap(({ operation, bars }, at) => {
    const top = TOP + at * step;
    return [
      label(LEFT - 10, top + 1.5 * BAR + 4, operation, "end"),
      ...bars.flatMap(({ peer, seconds }, index) =>
        bar(top + index * BAR, (seconds / longest) * WIDTH, seconds, peer),
      ),
    ];
  });
  const title = `What ${SIZE.toLocaleString("en-US")} postbacks take, where CAKE answers after ${LATENCY_MS} ms`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${LEFT + WIDTH + 70}" height="${height}" viewBox="0 0 ${LEFT + WIDTH + 70} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${title}. The numbers stand in the tables of docs/performance.md.</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="16" y="24" font-size="14" font-weight="600" fill="#1f2328">${title}</text>`,
    ...told.flatMap((peer, index) => [
      `<rect x="${LEFT + index * 165}" y="36" width="12" height="12" fill="${COLOURS[peer]}"/>`,
      label(
        LEFT + index * 165 + 18,
        46,
        peer === "floor" ? `${NAMES[peer]} (no calls)` : NAMES[peer],
        "start",
      ),
    ]),
    ...drawn,
    "</svg>\n",
  ].join("\n");
}

function bar(top: number, length: number, seconds: number, peer: Peer): string[] {
  return [
    `<rect x="${LEFT}" y="${top}" width="${length.toFixed(1)}" height="${BAR - 2}" fill="${COLOURS[peer]}"/>`,
    label(LEFT + length + 6, top + BAR - 4, `${seconds.toFixed(1)} s`, "start"),
  ];
}

function label(x: number, y: number, text: string, anchor: "start" | "end"): string {
  return `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}" fill="#1f2328">${text}</text>`;
}
