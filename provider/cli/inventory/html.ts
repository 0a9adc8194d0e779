import { html } from "hono/html";
import { plainText } from "../output/document";
import { htmlBlocks, htmlPage, type Markup } from "../output/html";
import { stripControlChars } from "../output/stripControlChars";
import { ALL_CONDITIONS, about, isJudged, label } from "./conditions";
import { byUrgency, columnsIn, conditionsOf, introduction, sinceBlocks, totalLines } from "./document";
import { hostBlocks } from "./hosts/hostBlocks";
import { SCRIPT } from "./html/script";
import { STYLE } from "./html/style";
import { GROUP_KINDS, type InventoryReport } from "./report";
import { groupKey } from "./totals";

/** The report as one page, the most urgent postbacks first. */
export function inventoryHtml(report: InventoryReport): string {
  const title = `Postbacks in CAKE, ${report.takenAt}`;
  return htmlPage({ title, body: bodyOf(report), style: STYLE, script: SCRIPT, data: dataOf(report) });
}

/** All that can be read without a script, and the places that the script fills. */
function bodyOf(report: InventoryReport): Markup {
  const { sources, takenAt, totals } = report;
  const [coverage = []] = totalLines(report);
  return html`<a class="skip" href="#postbacks">To the postbacks</a>
<header>
  <p class="kind">Postbacks in CAKE</p>
  <h1>${stripControlChars(sources.map(({ instance }) => instance).join(", "))}</h1>
  <p>Read at <time datetime="${takenAt}">${takenAt.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</time></p>
</header>
<main>
${htmlBlocks(introduction(report).filter((block) => "tone" in block))}
<section aria-label="Totals" class="figures">
  <p class="coverage">${plainText(coverage)}</p>
  <ul id="figures">${conditionsOf(report).map(
    (one) => html`<li data-is="${one}"><span class="number">${totals[one]}</span> ${label(one)}</li>`,
  )}</ul>
</section>
${htmlBlocks(hostBlocks(report))}
<noscript><p class="warning">The table of postbacks needs JavaScript, which is off here.</p></noscript>
<section aria-labelledby="postbacks">
  <h2 id="postbacks" tabindex="-1">Postbacks</h2>
  <div id="controls" class="controls"></div>
  <p id="count" role="status"></p>
  <div id="table" class="wide" role="region" aria-label="Table of postbacks" tabindex="0"></div>
  <nav id="pages" aria-label="Pages of postbacks"></nav>
</section>
<section aria-labelledby="groups">
  <h2 id="groups">Counted by</h2>
  <div id="grouping" class="controls"></div>
  <div id="group" class="wide" role="region" aria-label="Table of counts" tabindex="0"></div>
</section>
<section>${htmlBlocks(sinceBlocks(report))}</section>
<section><h2>What was read</h2>
${htmlBlocks(introduction(report).filter((block) => !("tone" in block)))}</section>
</main>`;
}

/** What the page's script shows. */
function dataOf(report: InventoryReport) {
  const { groups, postbacks } = report;
  const inTable = columnsIn("html", postbacks, report);
  const details = columnsIn("details", postbacks, report).filter((one) => !inTable.includes(one));
  const columns = [...inTable, ...details];
  const places = GROUP_KINDS.map((kind) => new Map(groups[kind].map(({ key }, index) => [key, index])));
  const conditions = ALL_CONDITIONS.filter((one) => isJudged(one, report));
  return {
    columns: columns.map((one) => ({ heading: one.heading, inTable: inTable.includes(one) })),
    rows: byUrgency(report).map((one) => ({
      cells: columns.map(({ cell }) => cell(one, report)),
      is: one.is,
      isAlarm: one.is.some(
        (condition) => conditions.includes(condition) && about(condition).level === "alarm",
      ),
      groups: GROUP_KINDS.map((kind, index) => places[index]?.get(groupKey(kind, one))),
    })),
    groups,
    counts: [
      ["key"],
      ["live", "live"],
      ...["managed" as const, ...conditionsOf(report)].map((one) => [one, label(one)]),
    ],
    conditions: conditions.map((one) => [one, label(one)]),
  };
}
