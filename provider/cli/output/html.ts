import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { Block, Line } from "./document";
import { safeJson } from "./json";
import { stripControlChars } from "./stripControlChars";

/** A piece of HTML whose values are escaped already. */
export type Markup = ReturnType<typeof html>;

/** What a page is made of. */
export interface Page {
  readonly title: string;
  readonly body: Markup;
  readonly style: string;
  readonly script: string;
  /** What the script reads in the element with the id `data`. */
  readonly data: unknown;
}

/** A page that loads nothing and can only show itself: its policy allows the style and the script that it is made with. */
export function htmlPage({ title, body, style, script, data }: Page): string {
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;
  return String(html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
${body}
<script type="application/json" id="data">${raw(safeJson(data).replaceAll("<", "\\u003c"))}</script>
<script>${raw(script)}</script>
</body>
</html>
`);
}

/** Parts of a report. */
export function htmlBlocks(blocks: readonly Block[]): Markup {
  return html`${blocks.map(blockMarkup)}`;
}

function blockMarkup(block: Block): Markup {
  if ("title" in block) return html`<h2>${block.title}</h2>\n`;
  if ("lines" in block)
    return html`<ul${block.tone === "alarm" ? raw(' class="warning"') : ""}>${block.lines.map((line) => html`<li>${lineMarkup(line)}</li>`)}</ul>\n`;
  const { head, rows } = block.table;
  return html`<div class="wide" tabindex="0"><table role="table"><thead role="rowgroup"><tr role="row">${head.map((name) => html`<th scope="col" role="columnheader">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((cells) => html`<tr role="row">${cells.map((lines, at) => cellMarkup(lines, head[at]))}</tr>`)}</tbody></table></div>\n`;
}

function cellMarkup(lines: readonly Line[], heading = ""): Markup {
  return html`<td role="cell" data-label="${heading}">${lines.map((line) => html`<div>${lineMarkup(line)}</div>`)}</td>`;
}

function lineMarkup(line: Line): Markup {
  return html`${line.map((part) => (typeof part === "string" ? part : html`<code>${stripControlChars(part.quoted)}</code>`))}`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
