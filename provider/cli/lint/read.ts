import { parse } from "csv-parse/sync";
import { postbackSteps } from "../input/preview";
import { isPostback, nameOf, parseStackExport } from "../input/stackExport";
import { type Read, type Subject, sorted, subjectOf } from "../input/subject";

/** Reads a preview, an exported state or a CSV file, whichever the text is. Throws a message for people. */
export function readSubjects(text: string, source: string): Read {
  const json = text.replace(/^\uFEFF/, "").trimStart();
  if (!json.startsWith("{")) return readCsv(text, source);
  return holdsDeployment(json) ? readState(json, source) : readPreview(json, source);
}

function holdsDeployment(json: string): boolean {
  try {
    return "deployment" in (JSON.parse(json) as object);
  } catch {
    return false;
  }
}

const GONE: ReadonlySet<string> = new Set([
  "delete",
  "delete-replaced",
  "discard",
  "discard-replaced",
  "read",
]);

// What would be live after the change.
function readPreview(json: string, source: string): Read {
  const steps = postbackSteps(json).filter(({ op, newState }) => newState !== undefined && !GONE.has(op));
  // A replacement has a step for what it makes and one for both together.
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  return sorted(
    [...byUrn.values()].map(({ urn, newState }) => subjectOf(nameOf(urn), source, newState?.inputs ?? {})),
  );
}

function readState(json: string, source: string): Read {
  const live = parseStackExport(json).resources.filter(
    (one) => isPostback(one) && !one.delete && !one.external,
  );
  return sorted(
    live.map(({ urn, inputs, outputs }) => subjectOf(nameOf(urn), source, { ...inputs, ...outputs })),
  );
}

const COLUMNS = {
  name: ["name"],
  postbackId: ["postbackId", "postback_id", "id"],
  affiliateId: ["affiliateId", "affiliate_id"],
  offerId: ["offerId", "offer_id"],
  postbackUrl: ["postbackUrl", "postback_url", "url"],
  postbackStatus: ["postbackStatus", "postback_status", "status"],
  postbackTypeId: ["postbackTypeId", "postback_type_id"],
} as const;

type Column = keyof typeof COLUMNS;
const NUMBERS: ReadonlySet<Column> = new Set(["affiliateId", "offerId", "postbackTypeId"]);

interface CsvRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

function readCsv(text: string, source: string): Read {
  const rows = rowsOf(text, source);
  return sorted(
    rows.map(({ record, info }) => {
      const cells = cellsOf(record);
      const line = info.lines;
      const name =
        cells.name ?? (cells.postbackId === undefined ? `line ${line}` : `postback ${cells.postbackId}`);
      const subject = subjectOf(String(name), source, cells);
      return "postbackUrl" in subject ? ({ ...subject, line } satisfies Subject) : subject;
    }),
  );
}

function rowsOf(text: string, source: string): CsvRow[] {
  const options = { columns: true, bom: true, skip_empty_lines: true, info: true } as const;
  let rows: CsvRow[];
  try {
    rows = parse(text, options) as unknown as CsvRow[];
  } catch (error) {
    throw new Error(`${source} is neither JSON nor CSV: ${error instanceof Error ? error.message : error}`);
  }
  const [first] = rows;
  if (first && cellsOf(first.record).postbackUrl === undefined) {
    throw new Error(
      `${source} has no column for the URL. It is looked for as ${COLUMNS.postbackUrl.join(", ")}.`,
    );
  }
  return rows;
}

function cellsOf(record: Readonly<Record<string, string>>): Partial<Record<Column, string | number>> {
  const columns = Object.keys(COLUMNS) as Column[];
  return Object.fromEntries(
    columns.flatMap((column) => {
      const header = COLUMNS[column].find((name) => Object.hasOwn(record, name));
      const cell = header === undefined ? undefined : record[header];
      if (cell === undefined) return [];
      return [[column, NUMBERS.has(column) ? Number(cell) : cell]];
    }),
  );
}
