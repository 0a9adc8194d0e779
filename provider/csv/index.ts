export { type CsvProblem, formatCsvProblem, formatCsvProblems } from "./problems";
export { type CsvFile, readPostbacksCsv } from "./read";
export type { CompleteRow, CsvField, CsvRow } from "./row";
export { type CsvValues, writePostbacksCsv } from "./write";
