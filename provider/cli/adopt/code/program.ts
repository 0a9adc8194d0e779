import type { AdoptedRow } from "../row";
import { ADOPTED_FILE, adoptedFile } from "./adopted";
import type { Context } from "./declaration";
import { withStatements } from "./files";
import { withEndsOf, withPlainEnds } from "./lineEndings";
import { declaredIn } from "./scan";
import { SecretNames } from "./secrets";
import { ROWS_FILE, withRows } from "./table";

export const LAYOUTS = ["files", "table"] as const;
/** A file for each affiliate, with a statement for each postback; or one table with a row for each. */
export type Layout = (typeof LAYOUTS)[number];

/** The text of each file among the postbacks, by its name. */
export type Code = ReadonlyMap<string, string>;

/** What a program for new rows adds to the code that is there. */
export interface Program {
  /** Files that are new or get new lines, with their whole text. */
  readonly files: Code;
  /** The secrets that the new lines need beyond the known ones. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface ProgramOptions {
  /** Undefined: as the code that is there, else by size. */
  readonly layout: Layout | undefined;
  /** What an affiliate is called, by its id. */
  readonly partners: ReadonlyMap<number, string>;
  /** The secrets whose values are known, by name. */
  readonly secrets: Readonly<Record<string, string>>;
}

// More than that nobody reads as statements.
const MOST_STATEMENTS = 300;
const MOST_FILES = 40;

/** Adds rows to code. What is there stays, line for line; only lines are added. */
export function programOf(rows: readonly AdoptedRow[], existing: Code, options: ProgramOptions): Program {
  const { names, secrets: used } = declaredIn(existing.values());
  const fresh = rows.filter(({ postbackId }) => !names.has(postbackId)).sort(inOrder);
  if (fresh.length === 0) return { files: new Map(), secrets: {} };
  const secrets = new SecretNames(options.secrets, used);
  const context = { secrets, partnerOf: (id: number) => options.partners.get(id) ?? `affiliate-${id}` };
  const plain = new Map([...existing].map(([file, text]) => [file, withPlainEnds(text)]));
  const written = [...filesWith(fresh, plain, context, layoutOf(fresh, existing, options))];
  const files = new Map(written.map(([file, text]) => [file, withEndsOf(existing.get(file) ?? "", text)]));
  return { files, secrets: secrets.fresh };
}

function filesWith(rows: readonly AdoptedRow[], existing: Code, context: Context, layout: Layout): Code {
  const add = layout === "table" ? withRows : withStatements;
  const { files, needs } = add(rows, existing, context);
  const adopted = adoptedFile(existing.get(ADOPTED_FILE), needs.has("secret"));
  return adopted === undefined ? files : new Map([...files, [ADOPTED_FILE, adopted]]);
}

function layoutOf(rows: readonly AdoptedRow[], existing: Code, { layout }: ProgramOptions): Layout {
  const before = layoutIn(existing);
  if (before !== undefined && layout !== undefined && layout !== before)
    throw new Error(
      `The code that is there is laid out as ${before}. Leave --layout out, or write elsewhere with --into.`,
    );
  return layout ?? before ?? layoutFor(rows);
}

function layoutIn(existing: Code): Layout | undefined {
  if (existing.has(ROWS_FILE)) return "table";
  return [...existing.keys()].some((name) => /^affiliate-\d+\.ts$/.test(name)) ? "files" : undefined;
}

function layoutFor(rows: readonly AdoptedRow[]): Layout {
  const affiliates = new Set(rows.map(({ affiliateId }) => affiliateId));
  return rows.length <= MOST_STATEMENTS && affiliates.size <= MOST_FILES ? "files" : "table";
}

function inOrder(one: AdoptedRow, other: AdoptedRow): number {
  return (
    one.affiliateId - other.affiliateId || one.offerId - other.offerId || one.postbackId - other.postbackId
  );
}
