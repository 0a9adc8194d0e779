import type { Colors } from "picocolors/types";
import { safeJson } from "../output/json";
import { markdownText } from "../output/markdown";
import { prettyText } from "../output/pretty";
import { inventoryCsv } from "./csv";
import { documentOf } from "./document";
import { inventoryHtml } from "./html";
import { GROUP_KINDS, type GroupKind, type InventoryReport } from "./report";

export const FORMATS = ["pretty", "csv", "json", "markdown", "html"] as const;
export type Format = (typeof FORMATS)[number];

/** The report in one format, whole. */
export function formatReport(
  report: InventoryReport,
  format: Format,
  group: GroupKind | undefined,
  paint: Colors,
  width?: number,
): string {
  const groups = group === undefined ? [] : [group];
  switch (format) {
    case "pretty":
      return `${prettyText(documentOf(report, format, groups), paint, width)}\n`;
    case "csv":
      return inventoryCsv(report);
    case "json":
      return `${safeJson(report, 1)}\n`;
    case "markdown":
      return `# Postbacks\n\n${markdownText(documentOf(report, format, group === undefined ? GROUP_KINDS : groups))}`;
    case "html":
      return inventoryHtml(report);
  }
}
