// OWASP lists the characters that begin a formula; both widths count. Spaces may precede them, and so may a quotation
// mark that a spreadsheet reads as the beginning of a cell.
const BEFORE = String.raw`(?<before>(?:^|[;|])[\s"]*)`;
const FORMULA = String.raw`(?=[=+\-@\t\r＝＋－＠])`;
const PLAIN_FORMULA = new RegExp(`${BEFORE}(?<quotes>'*)${FORMULA}`, "g");
const ESCAPED_FORMULA = new RegExp(`${BEFORE}'(?<quotes>'*)${FORMULA}`, "g");

/**
 * A cell in which no spreadsheet finds a formula, even if it splits the cell: in many countries `;` separates cells,
 * and then quotation marks around a cell do not hold it together. The function puts a quote before each possible
 * formula.
 */
export function escapeFormula(cell: string): string {
  return cell.replace(PLAIN_FORMULA, "$<before>'$<quotes>");
}

/** The cell as it was before {@link escapeFormula}, or before another program escaped it in the same way. */
export function unescapeFormula(cell: string): string {
  return cell.replace(ESCAPED_FORMULA, "$<before>$<quotes>");
}
