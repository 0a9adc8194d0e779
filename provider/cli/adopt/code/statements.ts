import type { AdoptedRow } from "../row";
import { inTemplate, literal } from "./literal";
import { partsOf } from "./secretParts";

/** The most letters that a line holds; the formatter that most projects use breaks there. */
const WIDTH = 80;

/** A file with a statement for each postback. */
export function statementsText(rows: readonly AdoptedRow[]): string {
  const hasSecrets = rows.some(({ secrets }) => secrets.length > 0);
  const imports = [
    ...(hasSecrets ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    'import { AffiliatePostback } from "pulumi-cake";',
    `import { adopted${hasSecrets ? ", secret" : ""} } from "./shared";`,
  ];
  return `${[imports.join("\n"), ...rows.map(statementOf)].join("\n\n")}\n`;
}

// What is the default is not written.
function statementOf(row: AdoptedRow): string {
  const { postbackId, affiliateId, offerId, postbackStatus, postbackTypeId } = row;
  return [
    "new AffiliatePostback(",
    `  "${row.name}",`,
    "  {",
    `    affiliateId: ${affiliateId},`,
    `    offerId: ${offerId},`,
    urlProperty(row),
    ...(postbackStatus === "active" ? [] : [`    postbackStatus: "${postbackStatus}",`]),
    ...(postbackTypeId === 1 ? [] : [`    postbackTypeId: ${postbackTypeId},`]),
    `    adopt: { postbackId: ${postbackId} },`,
    "  },",
    "  adopted,",
    ");",
  ].join("\n");
}

/** The URL as it is, its secrets left out. */
function urlProperty({ postbackUrl, secrets }: AdoptedRow): string {
  if (secrets.length > 0) {
    const names = secrets.values();
    const inside = partsOf(postbackUrl).map((part) =>
      part.kind === "text" ? inTemplate(part.text) : `\${secret(${literal(names.next().value ?? "")})}`,
    );
    return `    postbackUrl: pulumi.interpolate\`${inside.join("")}\`,`;
  }
  const line = `    postbackUrl: ${literal(postbackUrl)},`;
  return line.length <= WIDTH ? line : line.replace(": ", ":\n      ");
}
