/**
 * On a narrow screen each row of a table is a card: short cells beside each other behind their headings, a URL below
 * them over the whole width. Every cell names its heading in `data-label`, and every part of the table its role,
 * because browsers forget that a table is one when its rows are laid out otherwise.
 */
export const cards = (narrowerThan: string) => `
@media (max-width: ${narrowerThan}) {
  [role=table], [role=table] caption, [role=table] > [role=rowgroup] { display: block; }
  [role=table] [role=row] { display: flex; flex-wrap: wrap; gap: .1rem 1rem; padding: .5rem .6rem; border-bottom: 1px solid var(--line); }
  [role=table] [role=row]:has([role=columnheader]) { gap: 0 1rem; }
  [role=table] [role=rowgroup]:last-child > [role=row]:last-child { border-bottom: 0; }
  [role=table] [role=row] > * { padding: 0; border: 0; white-space: normal; overflow-wrap: anywhere; }
  [role=table] [data-label]::before { content: attr(data-label) " "; color: var(--soft); font-weight: 400; }
  [role=table] [role=row] > .url, [role=table] [colspan] { flex: 1 1 100%; }
  [role=table] .url::before { content: none; }
  [role=table] [role=cell]:empty, [role=table] .zero { display: none; }
  [role=table] [role=cell]:not(.url) > div { display: inline; }
  [role=table] [role=cell]:not(.url) > div + div::before { content: ", "; }
}
`;
