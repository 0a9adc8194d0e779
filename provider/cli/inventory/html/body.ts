import { html } from "hono/html";
import { stripControlChars } from "../../output/stripControlChars";
import type { InventoryReport, RecordName, Since } from "../report";
import {
  COUNT_WORDS,
  countedIn,
  differenceText,
  flawTexts,
  NOT_WHOLE,
  percent,
  sourceText,
  stackText,
} from "../words";

/** A piece of HTML whose values are escaped already. */
type Markup = ReturnType<typeof html>;

/** All that can be read without a script, and the places that the script fills. */
export function bodyOf(report: InventoryReport): Markup {
  const { sources, stacks, where, since } = report;
  return html`<a class="skip" href="#records">To the postbacks</a>
<header>
  <p class="kind">Postbacks in CAKE</p>
  <h1>${stripControlChars(sources.map(({ instance }) => instance).join(", "))}</h1>
  <p>Read at <time datetime="${report.takenAt}">${readable(report.takenAt)}</time>. ${
    where.length === 0 ? "" : `Only those with ${stripControlChars(where.join(" and "))}.`
  }</p>
</header>
<main>
${flawTexts(report).length === 0 ? "" : warning(flawTexts(report))}
${figures(report)}
<noscript><p class="warning">The table of postbacks needs JavaScript, which is off here.</p></noscript>
<section aria-labelledby="records">
  <h2 id="records" tabindex="-1">Postbacks</h2>
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
${since === null ? "" : sinceSection(since, sources.length > 1)}

<section aria-labelledby="sources">
  <h2 id="sources">What was read</h2>
  <ul>${sources.map((source) => html`<li>${stripControlChars(sourceText(source))}. ${source.statement}</li>`)}</ul>
  <ul>${stacks.map((stack) => html`<li>${stripControlChars(stackText(stack))} (${stripControlChars(stack.file)})</li>`)}</ul>
</section>
</main>`;
}

function warning(flaws: readonly string[]): Markup {
  return html`<div class="warning"><p><strong>${NOT_WHOLE}.</strong></p>
<ul>${flaws.map((flaw) => html`<li>${stripControlChars(flaw)}</li>`)}</ul></div>`;
}

function figures(report: InventoryReport): Markup {
  const { totals, stacks } = report;
  const { live, managed, coverage, activeCoverage } = totals;
  const share = html`<strong>${percent(coverage)}</strong> managed: ${managed} of ${live} live; of the active ones ${percent(activeCoverage)}`;
  return html`<section aria-label="Totals" class="figures">
  <p class="coverage">${stacks.length > 0 ? share : html`<strong>${live}</strong> live; no stack was given to compare with`}</p>
  <ul id="figures">${countedIn(report)
    .filter((name) => totals[name] > 0)
    .map(
      (name) =>
        html`<li data-is="${name}"><span class="number">${totals[name]}</span> ${COUNT_WORDS[name]}</li>`,
    )}</ul>
</section>`;
}

function sinceSection({ takenAt, added, gone, changed, flaws }: Since, hasInstances: boolean): Markup {
  const nameOf = ({ id, instance }: RecordName) =>
    hasInstances ? `${id} on ${stripControlChars(instance)}` : `${id}`;
  const names = (records: readonly RecordName[]) => records.map(nameOf).join(", ") || "none";
  return html`<section aria-labelledby="since">
  <h2 id="since">Since ${readable(takenAt)}</h2>
  ${flaws.length === 0 ? "" : html`<ul class="warning">${flaws.map((flaw) => html`<li>${stripControlChars(flaw)}.</li>`)}</ul>`}
  <dl>
    <dt>New</dt><dd>${added.length}: ${names(added)}</dd>
    <dt>Gone</dt><dd>${gone.length}: ${names(gone)}</dd>
    <dt>Changed</dt><dd>${changed.length}</dd>
  </dl>
  <ul>${changed.map(
    (record) =>
      html`<li>${nameOf(record)}: ${record.differences.map((one) => html`<code>${stripControlChars(differenceText(one))}</code> `)}</li>`,
  )}</ul>
</section>`;
}

function readable(time: string): string {
  return stripControlChars(time.replace("T", " ").replace(/\.\d+Z$/, " UTC"));
}
