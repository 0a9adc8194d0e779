import { cards } from "./cards";

/** The style of the page. All text has a contrast of at least 4.5 to 1 in both schemes. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #fbfaf8; --card: #fff; --text: #23201c; --soft: #615a50; --line: #ddd6cb; --accent: #8a3b12;
  --good: #1c6b3a; --good-ground: #e2f3e7; --other: #6b4e00; --other-ground: #faf0d2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #191715; --card: #22201d; --text: #ece7df; --soft: #b3aa9d; --line: #3d3934; --accent: #f2a97e;
    --good: #8fdcaa; --good-ground: #17351f; --other: #f0cf78; --other-ground: #3a2f10;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem 0; }
main { padding-bottom: 3rem; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0 0 .75rem; font-size: 1.2rem; }
p { margin: .5rem 0; color: var(--soft); max-width: 46rem; }
a, summary { color: var(--accent); }
nav ul { display: flex; flex-wrap: wrap; gap: 1rem; margin: .5rem 0; padding: 0; list-style: none; }
section { margin-top: 1.5rem; padding: 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
.kind { margin: 0; letter-spacing: .04em; }
.message { padding: .6rem .9rem; color: var(--good); background: var(--good-ground); border-radius: .4rem; }
.wide { position: relative; margin-inline: -.3rem; padding-inline: .3rem; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .94rem; }
th, td { padding: .5rem .9rem .5rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--soft); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 600; font-variant-numeric: tabular-nums; }
td { font-variant-numeric: tabular-nums; }
code { font: .9em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
tr:target { background: var(--good-ground); }
.status { padding: .1rem .55rem; border-radius: 1rem; white-space: nowrap; }
.status.active { color: var(--good); background: var(--good-ground); }
.status.other { color: var(--other); background: var(--other-ground); }
summary { width: fit-content; cursor: pointer; }
details form { display: grid; gap: .3rem; max-width: 44rem; padding: .6rem 0; }
.search { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.search input { flex: 1 1 14rem; max-width: 24rem; }
label { color: var(--soft); font-size: .9rem; }
input, select, button { padding: .45rem .6rem; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--soft); border-radius: .35rem; }
details input { font: .9em ui-monospace, monospace; }
button, select { width: fit-content; }
button { color: var(--card); background: var(--accent); border-color: var(--accent); cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.pager { display: flex; gap: 1.25rem; margin-top: .9rem; }
.editable { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
.editable > code { flex: 1 1 20ch; } .editable > details[open] { flex-basis: 100%; margin-top: .4rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
${cards("48rem")}
@media (max-width: 48rem) {
  section { padding: 1rem .75rem; }
  .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  [role=table] [role=row] { padding-inline: 0; }
}
`;
