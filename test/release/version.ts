/** Carries the new version of package.json to where it stands, too. Part of `npm run version`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pagesIn } from "../docs/pages";
import { PLUGIN_SCHEMA, pluginSchema } from "../docs/pluginSchema";
import { npm } from "../package/installed";
import { exampleManifests, NAMED_VERSION } from "./agreement";

const ROOT = resolve(__dirname, "../..");
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

npm(["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"], ROOT);
for (const path of exampleManifests(ROOT)) rewrite(path, /("pulumi-cake": )".*?"/g, `$1"^${version}"`);
for (const page of pagesIn(ROOT)) rewrite(page, NAMED_VERSION, version);
writeFileSync(join(ROOT, PLUGIN_SCHEMA), pluginSchema(ROOT));

function rewrite(path: string, pattern: RegExp, text: string): void {
  const file = join(ROOT, path);
  const before = readFileSync(file, "utf8");
  const after = before.replace(pattern, text);
  if (after === before) return;
  writeFileSync(file, after);
  console.log(`${path}: ${version}`);
}
