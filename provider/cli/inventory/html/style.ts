import { cards } from "../../../sandbox/page/cards";

/** The page's only style. Its colours are chosen for a contrast of at least 4.5 on their ground, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fbfaf8; --ink: #1c1b19; --soft: #5b5853; --line: #d9d5cd; --panel: #fff;
  --accent: #0b5c6b; --alarm: #9c2216; --alarm-ground: #fbe9e6; --chosen: #e2eef0; }
@media (prefers-color-scheme: dark) { :root { --ground: #161513; --ink: #eceae5; --soft: #aaa69e; --line: #3a3733;
  --panel: #1f1d1a; --accent: #7fd0de; --alarm: #ffab9e; --alarm-ground: #3a1c17; --chosen: #1d3a40; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", sans-serif; }
h1 { margin: 0; font-size: clamp(1.4rem, 3vw, 2.1rem); font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.15rem; font-weight: 650; }
p { margin: 0.4rem 0; }
p, li, dd { overflow-wrap: anywhere; }
.kind { margin: 0; color: var(--soft); letter-spacing: 0.02em; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.warning { margin: 1rem 0; padding: 0.75rem 1rem; border-left: 4px solid var(--alarm); background: var(--alarm-ground); color: var(--ink); }
.figures { margin-top: 1.5rem; }
.coverage { font-size: 1.15rem; } .coverage strong { font-size: 2.2rem; font-weight: 650; font-variant-numeric: tabular-nums; }
#figures { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0.75rem 0 0; padding: 0; list-style: none; }
#figures li, #figures button { border-radius: 0.4rem; }
#figures li:not(:has(button)) { padding: 0.35rem 0.7rem; border: 1px solid var(--line); background: var(--panel); }
.number { font-weight: 650; font-variant-numeric: tabular-nums; }
button, select, input { font: inherit; color: inherit; padding: 0.35rem 0.7rem; border: 1px solid var(--line); border-radius: 0.4rem;
  background: var(--panel); }
button { cursor: pointer; } button:hover { border-color: var(--accent); }
button[aria-pressed="true"] { background: var(--chosen); border-color: var(--accent); }
button:disabled { color: var(--soft); cursor: default; }
.controls { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: end; }
.controls label { display: grid; gap: 0.15rem; color: var(--soft); font-size: 0.9rem; } .controls input { min-width: 18rem; color: var(--ink); }
.controls select { color: var(--ink); }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 0.4rem; background: var(--panel); }
table { width: 100%; border-collapse: collapse; font-size: 0.93rem; }
th, td { padding: 0.4rem 0.7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
th { font-weight: 600; white-space: nowrap; } thead th { padding: 0; color: var(--soft); }
thead th:not(:has(button)) { padding: 0.4rem 0.7rem; }
thead button { width: 100%; border: 0; border-radius: 0; background: none; text-align: left; font-weight: 600; }
td.number, th.number { font-variant-numeric: tabular-nums; }
caption { position: absolute; left: -99rem; }
.plain { padding: 0; border: 0; background: none; color: var(--accent); text-decoration: underline; text-align: left; }
.url { min-width: 15rem; }
code { font: 0.9em/1.45 ui-monospace, "SF Mono", Consolas, monospace; overflow-wrap: anywhere; }
.alarm { color: var(--alarm); font-weight: 600; }
.detail td { background: var(--ground); } .detail dl, section > dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; margin: 0.4rem 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
nav { display: flex; gap: 0.75rem; align-items: center; margin-top: 0.75rem; }
@media (max-width: 40rem) { .controls input { min-width: 0; width: 100%; } .controls label { width: 100%; } }
@media print { body { max-width: none; padding: 0; } .controls, nav, .skip { display: none; } .wide { overflow: visible; border: 0; }
  thead button, .plain { color: inherit; text-decoration: none; } tr { break-inside: avoid; } }
@media (max-width: 56rem) { thead button { padding: .1rem 0; } }
${cards("56rem")}`;
