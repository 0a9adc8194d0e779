import { stringify } from "csv-stringify/sync";
import { escapeFormula } from "../../../csv/formulas";
import { stripControlChars } from "../../output/stripControlChars";
import type { InventoryRecord, InventoryReport, SourceRead } from "../report";
import { differenceText } from "../words";

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
export function asCsv({ sources, records }: InventoryReport): string {
  const flaws = new Map(sources.map(({ instance, flaws }) => [instance, flaws.join("; ")]));
  const lines = records.map((record) => [
    ...COLUMNS.map(([, cell]) => safe(cell(record))),
    safe(flaws.get(record.instance) || "complete"),
  ]);
  const told = new Set(records.map(({ instance }) => instance));
  // Without a record there is no line that could say it.
  const alone = sources.filter(({ instance, flaws }) => flaws.length > 0 && !told.has(instance));
  return [
    stringify([[...COLUMNS.map(([name]) => name), "listing"]]),
    // Who splits cells at a ";" as well should find the columns where they are.
    stringify([...lines, ...alone.map(lineAlone)], { quoted_string: true, quoted_empty: false }),
  ].join("");
}

function lineAlone({ instance, flaws }: SourceRead): Cell[] {
  const [, ...others] = COLUMNS;
  return [safe(instance), ...others.map(() => ""), safe(flaws.join("; "))];
}

function safe(value: Cell): Cell {
  return typeof value === "number" ? value : escapeFormula(stripControlChars(value ?? ""));
}
