import { writePostbacksCsv } from "../../csv";
import { stripControlChars } from "../output/stripControlChars";
import { ALL_COLUMNS, csvCell } from "./columns";
import { byUrgency } from "./document";
import type { InventoryReport } from "./report";

/**
 * One line for each postback. The last column says on every line whether the list is provably complete, because a line is
 * what people pass on; an incomplete list of nothing is a line of its own. Where hosts were checked, the most urgent come
 * first.
 */
export function inventoryCsv(report: InventoryReport): string {
  const { sources, hosts } = report;
  const postbacks = hosts === null ? report.postbacks : byUrgency(report);
  const columns = ALL_COLUMNS.flatMap((column) =>
    column.csv === undefined ? [] : { ...column, csv: column.csv },
  );
  const issues = new Map(sources.map((one) => [one.instance, one.incomplete.join("; ")]));
  const lines = postbacks.map((postback) => ({
    ...Object.fromEntries(columns.map((column) => [column.csv, csvCell(column, postback, report)])),
    list: issues.get(postback.instance) || "complete",
  }));
  const shown = new Set(postbacks.map(({ instance }) => instance));
  const alone = [...issues].filter(([instance, issue]) => issue !== "" && !shown.has(instance));
  const all = [...lines, ...alone.map(([instance, list]) => ({ instance, live: "no", list }))];
  return writePostbacksCsv(
    [...columns.map(({ csv }) => csv), "list"],
    all.map((line) => {
      const cells = Object.fromEntries(Object.entries(line).map(([header, cell]) => [header, inert(cell)]));
      return { ...cells, others: cells as Record<string, string> };
    }),
  );
}

function inert(cell: unknown): unknown {
  return typeof cell === "string" ? stripControlChars(cell) : (cell ?? undefined);
}
