import { parse } from "csv-parse/sync";
import { readFile } from "../input/text";

/** What people call their affiliates, from a CSV with affiliate_id and name. Throws a message for people. */
export function partnersIn(file: string): Map<number, string> {
  const rows = rowsOf(file);
  return new Map(
    rows.map(({ affiliate_id: id, name }, index) => {
      if (!/^\s*\d{1,15}\s*$/.test(id ?? "") || (name ?? "").trim() === "")
        throw new Error(
          `${file}, row ${index + 1}: it should have the columns affiliate_id (a number) and name.`,
        );
      return [Number(id), (name ?? "").trim()];
    }),
  );
}

function rowsOf(file: string): Record<string, string>[] {
  try {
    return parse(readFile(file), { columns: true, bom: true, skip_empty_lines: true });
  } catch (error) {
    throw new Error(`${file} cannot be read as CSV: ${error instanceof Error ? error.message : error}`);
  }
}
