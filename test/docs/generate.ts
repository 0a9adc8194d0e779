/** Rewrites the generated parts of the docs. `npm run docs`. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { measure } from "../corpus/results";
import { generatedParts } from "./documents";
import { drawReport, REPORT_PICTURE } from "./live";
import { pagesIn, withFreshParts } from "./pages";
import { CHART, performanceChart } from "./performance";
import { PLUGIN_SCHEMA, pluginSchema } from "./pluginSchema";
import { PICTURE, reviewPicture } from "./review";
import { schemaFiles } from "./schemas";
import { trackerPages } from "./trackers";

async function main(root: string): Promise<void> {
  measure();
  const fresh = await generatedParts(root);
  for (const page of pagesIn(root)) {
    write(root, page, withFreshParts(readFileSync(`${root}/${page}`, "utf8"), fresh));
  }
  const schemas = schemaFiles(root);
  for (const file of readdirSync(`${root}/docs/schemas`))
    if (!schemas.has(`docs/schemas/${file}`)) rmSync(`${root}/docs/schemas/${file}`);
  const pictures = [
    [PICTURE, await reviewPicture()],
    [CHART, performanceChart()],
    [PLUGIN_SCHEMA, pluginSchema(root)],
  ] as const;
  for (const [path, text] of [...pictures, ...schemas, ...trackerPages(root)]) write(root, path, text);
  const isDrawn = await drawReport(root);
  console.log(`${REPORT_PICTURE}: ${isDrawn ? "written" : "left as it is, because there is no browser"}`);
}

function write(root: string, path: string, text: string): void {
  const file = `${root}/${path}`;
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeFileSync(file, text);
  console.log(`${path}: written`);
}

main(`${__dirname}/../..`).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
