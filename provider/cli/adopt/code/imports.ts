import { withoutComments } from "./scan";
import type { Need } from "./url";

/** What a file imports from where, by what its code needs. */
const SOURCES: Readonly<Record<Need | "AffiliatePostback" | "adopted", string>> = {
  pulumi: "@pulumi/pulumi",
  AffiliatePostback: "pulumi-cake",
  trackers: "pulumi-cake",
  adopted: "./adopted",
  secret: "./adopted",
};

export type Imported = keyof typeof SOURCES;

/** The file with an import of everything that is needed, whatever it imports already. */
export function withImports(text: string, needs: Iterable<Imported>): string {
  const order = Object.keys(SOURCES) as Imported[];
  const wanted = order.filter((one) => [...needs].includes(one));
  return wanted.reduce(withImport, text);
}

function withImport(text: string, name: Imported): string {
  const source = SOURCES[name];
  const imports = importsFrom(text, source);
  if (imports.some(({ names, star }) => star === name || names?.includes(name))) return text;
  const listing = imports.find(({ names }) => names !== undefined);
  if (name === "pulumi" || listing === undefined) return withLine(text, newImport(name, source), source);
  const { at, whole, names = [] } = listing;
  const longer = whole.replace(/\{[^}]*\}/, () => `{ ${[...names, name].join(", ")} }`);
  return `${text.slice(0, at)}${longer}${text.slice(at + whole.length)}`;
}

interface ImportStatement {
  /** Where it begins in the file. */
  readonly at: number;
  readonly whole: string;
  /** What it names between braces. */
  readonly names: readonly string[] | undefined;
  /** What it calls the whole module. */
  readonly star: string | undefined;
}

// However a formatter has written it: either quotes, with a semicolon or without, on one line or on several.
function importsFrom(text: string, source: string): ImportStatement[] {
  const quoted = `(["'])${source.replaceAll(".", "\\.")}(?:\\.[jt]s)?\\3`;
  const statement = new RegExp(`^import\\s*(?:\\{([^}]*)\\}|\\*\\s*as\\s+(\\w+))\\s*from\\s*${quoted}`, "gm");
  return [...text.matchAll(statement)].map(({ 0: whole, 1: names, 2: star, index: at }) => ({
    ...{ at, whole, star },
    names: names === undefined ? undefined : namesBetween(names),
  }));
}

function namesBetween(braces: string): string[] {
  return withoutComments(braces)
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

function newImport(name: Imported, source: string): string {
  return name === "pulumi" ? `import * as pulumi from "${source}";` : `import { ${name} } from "${source}";`;
}

const IMPORT = /^import\b(?:[^"'();]*\bfrom)?\s*["']([^"'\n]*)["'][^\n]*\n/gm;

// Behind the imports that are there; packages before files.
function withLine(text: string, line: string, source: string): string {
  const imports = [...text.matchAll(IMPORT)];
  const last = imports.filter(([one, from = ""]) => isFile(source) || (!isFile(from) && one < line)).at(-1);
  const at = last === undefined ? 0 : last.index + last[0].length;
  return `${text.slice(0, at)}${line}\n${text.slice(at)}`;
}

function isFile(source: string): boolean {
  return source.startsWith(".");
}
