import type { AdoptedRow } from "../row";
import { type Need, urlProperty } from "./url";

/** A file with a statement for each postback. */
export function statementsText(rows: readonly AdoptedRow[]): string {
  const needs = new Set<Need>();
  const statements = rows.map((row) => statementOf(row, needs));
  const named = (always: string, need: Need) => (needs.has(need) ? `${always}, ${need}` : always);
  const imports = [
    ...(needs.has("secret") ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    `import { ${named("AffiliatePostback", "trackers")} } from "pulumi-cake";`,
    `import { ${named("adopted", "secret")} } from "./shared";`,
  ];
  return `${[imports.join("\n"), ...statements].join("\n\n")}\n`;
}

// What is the default is not written.
function statementOf(row: AdoptedRow, needs: Set<Need>): string {
  const { postbackId, affiliateId, offerId, postbackStatus, postbackTypeId } = row;
  const { text, need } = urlProperty(row.postbackUrl, row.secrets, "    ");
  if (need !== undefined) needs.add(need);
  return [
    "new AffiliatePostback(",
    `  "${row.name}",`,
    "  {",
    `    affiliateId: ${affiliateId},`,
    `    offerId: ${offerId},`,
    text,
    ...(postbackStatus === "active" ? [] : [`    postbackStatus: "${postbackStatus}",`]),
    ...(postbackTypeId === 1 ? [] : [`    postbackTypeId: ${postbackTypeId},`]),
    `    adopt: { postbackId: ${postbackId} },`,
    "  },",
    "  adopted,",
    ");",
  ].join("\n");
}
