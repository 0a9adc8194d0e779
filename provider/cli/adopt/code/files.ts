import type { AdoptedRow } from "../row";
import { type Context, propertiesOf, type Written } from "./declaration";
import { type Imported, withImports } from "./imports";
import type { Need } from "./url";

const INDEX_FILE = "index.ts";

/** A file for each affiliate, with a statement for each row at its end, and an index that imports them. */
export function withStatements(
  rows: readonly AdoptedRow[],
  existing: ReadonlyMap<string, string>,
  context: Context,
): Written {
  const needs = new Set<Need>();
  const files = new Map<string, string>();
  for (const [affiliateId, ofAffiliate] of byAffiliate(rows)) {
    const file = `affiliate-${affiliateId}.ts`;
    const statements = ofAffiliate.map((row) => statementOf(row, context));
    const wanted = new Set<Imported>(["AffiliatePostback", "adopted"]);
    for (const statement of statements)
      for (const need of statement.needs) {
        needs.add(need);
        wanted.add(need);
      }
    const before = existing.get(file) ?? "";
    const text = withImports(before, wanted).trimEnd();
    files.set(file, `${[text, ...statements.map((one) => one.text)].join("\n\n")}\n`);
  }
  const index = withFiles(existing.get(INDEX_FILE) ?? "", [...files.keys()]);
  if (index !== existing.get(INDEX_FILE)) files.set(INDEX_FILE, index);
  return { files, needs };
}

function byAffiliate(rows: readonly AdoptedRow[]): Map<number, AdoptedRow[]> {
  const groups = new Map<number, AdoptedRow[]>();
  for (const row of rows) {
    const group = groups.get(row.affiliateId);
    if (group) group.push(row);
    else groups.set(row.affiliateId, [row]);
  }
  return groups;
}

function statementOf(row: AdoptedRow, context: Context): { text: string; needs: readonly Need[] } {
  const { lines, needs } = propertiesOf(row, "    ", context);
  const text = [
    "new AffiliatePostback(",
    `  "${row.name}",`,
    "  {",
    ...lines,
    `    adopt: { postbackId: ${row.postbackId} },`,
    "  },",
    "  adopted,",
    ");",
  ].join("\n");
  return { text, needs };
}

function withFiles(index: string, files: readonly string[]): string {
  const imported = new Set([...index.matchAll(FILE_IMPORT)].map(([, name]) => name));
  const names = files.map((file) => file.replace(/\.ts$/, "")).filter((name) => !imported.has(name));
  const lines = names.map((name) => `import "./${name}";\n`);
  return lines.length === 0 ? index : `${index.trimEnd()}${index === "" ? "" : "\n"}${lines.join("")}`;
}

const FILE_IMPORT = /\bimport\s*["']\.\/([\w-]+)(?:\.[jt]s)?["']/g;
