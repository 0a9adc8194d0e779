import { joined, type Line, plainText, say } from "../output/document";
import { type Condition, isJudged, label, optionWord } from "./conditions";
import { differenceLine } from "./differenceLine";
import type { InventoryPostback, InventoryReport, RuleFinding } from "./report";

/** What a cell holds: one value, or several lines. Null where it is unknown. */
export type Cell = number | string | null | readonly Line[];

/** A field of a postback as the formats show it. JSON has the field itself. */
export interface Column {
  readonly heading: string;
  readonly cell: (postback: InventoryPostback, report: InventoryReport) => Cell;
  /** Where it stands; `details` are what the page shows of a postback that is opened. */
  readonly formats: readonly ("pretty" | "markdown" | "html" | "details")[];
  /** Its header in a CSV, in which texts for people stand alone; none where it is of no use there. */
  readonly csv?: string;
  readonly csvCell?: (postback: InventoryPostback) => string | number | null;
}

const EVERYWHERE = ["pretty", "markdown", "html"] as const;

/** Every field of the report's postbacks, in the order of the columns. A new field without its column does not compile. */
const COLUMNS: { readonly [Field in keyof InventoryPostback]-?: Column } = {
  instance: {
    heading: "Instance",
    csv: "instance",
    formats: [...EVERYWHERE, "details"],
    cell: ({ instance }) => instance,
  },
  id: { heading: "ID", csv: "postbackId", formats: EVERYWHERE, cell: ({ id }) => id },
  affiliateId: {
    heading: "Affiliate",
    csv: "affiliateId",
    formats: EVERYWHERE,
    cell: ({ affiliateId }) => affiliateId,
  },
  offerId: { heading: "Offer", csv: "offerId", formats: EVERYWHERE, cell: ({ offerId }) => offerId },
  status: { heading: "Status", csv: "postbackStatus", formats: ["html"], cell: ({ status }) => status },
  type: { heading: "Type", csv: "postbackType", formats: ["details"], cell: ({ type }) => type },
  url: {
    heading: "URL",
    csv: "postbackUrl",
    formats: ["markdown", "html"],
    cell: ({ url }) => (url === null ? null : [say`${url}`]),
  },
  host: { heading: "Host", csv: "host", formats: ["pretty", "details"], cell: ({ host }) => host },
  hostCheck: {
    heading: "Host check",
    csv: "host_check",
    formats: ["details"],
    cell: ({ hostCheck }) => (hostCheck === null ? [] : [[hostCheck]]),
    csvCell: ({ hostCheck }) => hostCheck,
  },
  tracker: { heading: "Tracker", csv: "tracker", formats: ["details"], cell: ({ tracker }) => tracker },
  shape: {
    heading: "Shape",
    csv: "shape",
    formats: ["details"],
    cell: ({ shape }) => (shape === null ? null : [say`${shape}`]),
  },
  is: {
    heading: "Condition",
    csv: "is",
    formats: EVERYWHERE,
    cell: (postback, report) => [saying(postback, report)],
    csvCell: ({ is }) => is.map(optionWord).join(" "),
  },
  drift: {
    heading: "Drift (state → CAKE)",
    csv: "drift",
    formats: ["pretty", "markdown", "details"],
    cell: ({ drift }) => drift.map(differenceLine),
  },
  managedBy: {
    heading: "Managed by",
    csv: "managed_by",
    formats: EVERYWHERE,
    cell: ({ managedBy }) => managedBy.map(({ stack, name }) => say`${`${stack} ${name}`}`),
  },
  findings: {
    heading: "Rules",
    csv: "rules",
    formats: ["details"],
    cell: ({ findings }, { rules }) => findings.map((one) => sentence(one, rules)),
    csvCell: ({ findings }) => [...new Set(findings.map((one) => plainText(ruleText(one))))].join("; "),
  },
  isLive: { heading: "Live", csv: "live", formats: [], cell: ({ isLive }) => (isLive ? "yes" : "no") },
  fingerprint: { heading: "Fingerprint", formats: [], cell: ({ fingerprint }) => fingerprint },
};

export const ALL_COLUMNS: readonly Column[] = Object.values(COLUMNS);

/** The text of a CSV's cell. */
export function csvCell(
  column: Column,
  postback: InventoryPostback,
  report: InventoryReport,
): string | number | null {
  if (column.csvCell) return column.csvCell(postback);
  const cell = column.cell(postback, report);
  return typeof cell === "object" && cell !== null ? cell.map(plainText).join("; ") : cell;
}

/** What a postback is, in a few words: `drifted, rule error (P01)`. */
function saying(postback: InventoryPostback, report: InventoryReport): Line {
  const told = postback.is.filter((one) => isJudged(one, report));
  const isMore = told.some((one) => one !== "managed");
  const labels = told
    .filter((one) => one !== "managed" || !isMore)
    .map((one) => [label(one), ...behind(one, postback)]);
  return labels.length === 0 ? ["active"] : joined(labels, ", ");
}

// P16 and, as an error, P20 have words of their own.
function behind(condition: Condition, { findings }: InventoryPostback): Line {
  const counted = findings.filter(({ suppressed }) => suppressed === undefined);
  const of = (severity: string, ownWord: string): Line => {
    const found = counted.filter((one) => one.severity === severity && one.rule !== ownWord);
    return [" (", ...withoutRepeats(found.map(ruleText)), ")"];
  };
  if (condition === "ruleError") return of("error", "P20");
  if (condition === "ruleWarning") return of("warning", "P16");
  if (condition !== "firesTwice") return [];
  const found = counted.filter(({ rule, severity }) => rule === "P20" && severity === "error");
  return [" ", ...withoutRepeats(found.map(duplicatesText))];
}

function withoutRepeats(lines: readonly Line[]): Line {
  return joined([...new Map(lines.map((line) => [plainText(line), line])).values()], ", ");
}

/** `P20 with 7417 (t.partner.example)`. */
function ruleText(finding: RuleFinding): Line {
  const others = duplicatesText(finding);
  return others.length === 0 ? [finding.rule] : [`${finding.rule} `, ...others];
}

function duplicatesText({ with: others = [], withMore = 0 }: RuleFinding): Line {
  if (others.length === 0) return [];
  const named = others.map(({ id, host }) => say`${id} (${host ?? ["its host is secret"]})`);
  return ["with ", ...joined(named, ", "), withMore > 0 ? ` and ${withMore} more` : ""];
}

function sentence(finding: RuleFinding, rules: InventoryReport["rules"]): Line {
  const { rule, severity, part, what, receives, suppressed } = finding;
  const { name = "", fix = "" } = rules[rule] ?? {};
  const end = suppressed === undefined ? fix : `Suppressed: ${suppressed}`;
  const received = receives === undefined ? [] : say` The partner receives: ${receives}`;
  return [...ruleText(finding), ` ${name} (${severity}): ${part} ${what}. ${end}`, ...received];
}
