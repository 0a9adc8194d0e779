/** Rewrites the generated tables of the docs. `npm run docs`. */
import { readFileSync, writeFileSync } from "node:fs";
import { DOCUMENTS, withFreshTables } from "./documents";
import { tables } from "./tables";

const root = `${__dirname}/../..`;
const fresh = tables(root);
for (const document of DOCUMENTS) {
  const path = `${root}/${document}`;
  const before = readFileSync(path, "utf8");
  const after = withFreshTables(before, fresh);
  if (after !== before) writeFileSync(path, after);
  console.log(`${document}: ${after === before ? "already fresh" : "rewritten"}`);
}
