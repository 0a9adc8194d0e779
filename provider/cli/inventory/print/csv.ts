import { stringify } from "csv-stringify/sync";
import { inert } from "../../inert";
import type { InventoryRecord, InventoryReport } from "../report";
import { differenceText, flawTexts } from "../words";

type Cell = string | number | null;

const COLUMNS: readonly (readonly [header: string, cell: (record: InventoryRecord) => Cell])[] = [
  ["instance", ({ instance }) => instance],
  ["postback_id", ({ id }) => id],
  ["affiliate_id", ({ affiliateId }) => affiliateId],
  ["offer_id", ({ offerId }) => offerId],
  ["postback_status", ({ status }) => status],
  ["postback_type", ({ type }) => type],
  ["postback_url", ({ url }) => url],
  ["host", ({ host }) => host],
  ["tracker", ({ tracker }) => tracker],
  ["shape", ({ shape }) => shape],
  ["standing", ({ standing }) => standing],
  ["seen", ({ isSeen }) => (isSeen ? "yes" : "no")],
  ["marks", ({ marks }) => marks.join(" ")],
  ["managed_by", ({ managedBy }) => managedBy.map(({ stack, name }) => `${stack} ${name}`).join("; ")],
  ["drift", ({ drift }) => drift.map((one) => differenceText(one)).join("; ")],
  ["rules", ({ findings }) => [...new Set(findings.map(({ rule }) => rule))].join(" ")],
];

/**
 * One line for each record, in which no cell can become a formula of a spreadsheet. The last column says on every line
 * whether the listing is provably complete, because a line is what people pass on.
 */
export function asCsv(report: InventoryReport): string {
  const flaws = new Map(report.sources.map(({ instance, flaws }) => [instance, flaws.join("; ")]));
  const lines = report.records.map((record) => [
    ...COLUMNS.map(([, cell]) => safe(cell(record))),
    safe(flaws.get(record.instance) || "complete"),
  ]);
  const header = [...COLUMNS.map(([name]) => name), "listing"];
  // Without a record there is no line that could say it.
  const alone = [...COLUMNS.map(() => ""), safe(flawTexts(report).join("; "))];
  const isAlone = lines.length === 0 && !report.isComplete;
  return stringify([header, ...lines, ...(isAlone ? [alone] : [])], { escape_formulas: true });
}

function safe(value: Cell): string {
  return inert(String(value ?? ""));
}
