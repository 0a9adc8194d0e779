import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DOCUMENTS, withFreshTables } from "../../docs/documents";
import { tables } from "../../docs/tables";

const root = `${__dirname}/../../..`;

test.each(DOCUMENTS)("the generated tables of %s say what the code says", (document) => {
  const text = readFileSync(`${root}/${document}`, "utf8");
  expect(withFreshTables(text, tables(root)), 'run "npm run docs"').toBe(text);
});

test("every table that the code makes stands in a document", () => {
  const all = DOCUMENTS.map((document) => readFileSync(`${root}/${document}`, "utf8")).join("\n");
  for (const name of Object.keys(tables(root))) expect(all).toContain(`<!-- ${name}:start -->`);
});
