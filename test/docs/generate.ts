/** Rewrites the generated parts of the docs. `npm run docs`. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { measure } from "../corpus/results";
import { generatedParts } from "./documents";
import { drawReport, REPORT_PICTURE } from "./live";
import { pagesIn, withFreshParts } from "./pages";
import { CHART, performanceChart } from "./performance";
import { PICTURE, reviewPicture } from "./review";
import { schemaFiles } from "./schemas";
import { trackerPages } from "./trackers";

async function main(root: string): Promise<void> {
  measure();
  const fresh = await generatedParts(root);
  for (const page of pagesIn(root)) {
    const before = readFileSync(`${root}/${page}`, "utf8");
    const after = withFreshParts(before, fresh);
    if (after === before) continue;
    writeFileSync(`${root}/${page}`, after);
    console.log(`${page}: written`);
  }
  writeFileSync(`${root}/${PICTURE}`, await reviewPicture());
  console.log(`${PICTURE}: written`);
  writeFileSync(`${root}/${CHART}`, performanceChart());
  console.log(`${CHART}: written`);
  rmSync(`${root}/docs/schemas`, { recursive: true, force: true });
  mkdirSync(`${root}/docs/schemas`);
  for (const [path, text] of [...schemaFiles(root), ...trackerPages(root)]) {
    writeFileSync(`${root}/${path}`, text);
    console.log(`${path}: written`);
  }
  const isDrawn = await drawReport(root);
  console.log(`${REPORT_PICTURE}: ${isDrawn ? "written" : "left as it is, because there is no browser"}`);
}

main(`${__dirname}/../..`).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
