import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { safeJson } from "../output/json";
import { bodyOf } from "./html/body";
import { SCRIPT } from "./html/script";
import { STYLE } from "./html/style";
import type { InventoryReport } from "./report";
import { MARK_WORDS, sayingOf, UNTOLD } from "./words";

/**
 * The report as one page that loads nothing and can do nothing but show itself: its policy allows only the style and the
 * script that it was made with.
 */
export function asHtml(report: InventoryReport): string {
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<title>Postbacks in CAKE, ${report.takenAt}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
${bodyOf(report)}
<script type="application/json" id="data">${raw(embedded(report))}</script>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`;
  return String(page);
}

/** JSON that cannot end the element that it stands in. */
function embedded({ records, groups, rules, stacks }: InventoryReport): string {
  const isCompared = stacks.length > 0;
  const said = records.map((record) => ({ ...record, saying: sayingOf(record, undefined, isCompared) }));
  const words = { marks: MARK_WORDS, untold: UNTOLD, isCompared };
  return safeJson({ records: said, groups, rules, words }).replaceAll("<", "\\u003c");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
