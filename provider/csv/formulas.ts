// OWASP's list of what begins a formula, in both widths. In front of it a cell may hold blanks, and a quotation mark
// that a spreadsheet takes for the beginning of a cell.
const BEFORE = String.raw`(?<before>(?:^|[;|])[\s"]*)`;
const FORMULA = String.raw`(?=[=+\-@\t\r＝＋－＠])`;
const UNGUARDED = new RegExp(`${BEFORE}(?<quotes>'*)${FORMULA}`, "g");
const GUARDED = new RegExp(`${BEFORE}'(?<quotes>'*)${FORMULA}`, "g");

/**
 * A cell in which a spreadsheet finds no formula, wherever it splits it: many countries' take `;` for what separates
 * cells, and then no quotation mark around the whole holds it together. A quote stands before what would be one.
 */
export function escapeFormula(cell: string): string {
  return cell.replace(UNGUARDED, "$<before>'$<quotes>");
}

/** The cell as it was before {@link escapeFormula}; one of another careful program as well. */
export function unescapeFormula(cell: string): string {
  return cell.replace(GUARDED, "$<before>$<quotes>");
}
