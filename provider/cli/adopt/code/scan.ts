/** A secret that the URL of a declaration refers to: `${secret("acme-token")}`. */
export interface Reference {
  readonly name: string;
  /** The stretch of the template before it, as it stands in the code. */
  readonly before: string;
}

/** What the code among the postbacks declares already. */
export interface Declared {
  /** The names of the resources by the ids of their records. */
  readonly names: ReadonlyMap<number, string>;
  /** Ids that stand in the code, but not beside a name, as where a person has rewritten a declaration. */
  readonly rewritten: ReadonlySet<number>;
  /** The secrets that stand in the URLs of declarations, in their order, by the ids of the records. */
  readonly references: ReadonlyMap<number, readonly Reference[]>;
  /** Names of secrets that the code refers to, wherever. */
  readonly secrets: ReadonlySet<string>;
}

/** Reads what code declares, without running it: in comments and in texts nothing counts. */
export function declaredIn(files: Iterable<string>): Declared {
  const ids = new Set<number>();
  const names = new Map<number, string>();
  const references = new Map<number, Reference[]>();
  const secrets = new Set<string>();
  for (const file of files) {
    const { code, texts } = masked(file);
    const textAt = (index: string | undefined) => texts[Number(index)] ?? "";
    for (const [, id] of code.matchAll(/\bpostbackId:\s*(\d+)/g)) ids.add(Number(id));
    for (const [, index] of code.matchAll(/\bsecret\(\s*§(\d+)§/g)) secrets.add(textAt(index));
    for (const declaration of code.split(BEGINNING)) {
      const found = (ROW.exec(declaration) ?? STATEMENT.exec(declaration))?.groups;
      if (found === undefined) continue;
      const id = Number(found.id);
      names.set(id, textAt(found.name));
      const inUrl = [...declaration.matchAll(REFERENCE)];
      references.set(
        id,
        inUrl.map(([, before, name]) => ({ name: textAt(name), before: textAt(before) })),
      );
    }
  }
  return { names, rewritten: new Set([...ids].filter((id) => !names.has(id))), references, secrets };
}

/** The code with blanks for its comments, of equal length, so that positions in it are positions in the code. */
export function withoutComments(code: string): string {
  return code.replace(TOKENS, (token) => (token.startsWith("/") ? " ".repeat(token.length) : token));
}

// No declaration goes on into the next one.
const BEGINNING = /(?=\bnew\s+AffiliatePostback\(|\bpostbackId:\s*\d+,\s*name:)/;
const ROW = /^postbackId:\s*(?<id>\d+),\s*name:\s*§(?<name>\d+)§/;
const STATEMENT =
  /^new\s+AffiliatePostback\(\s*§(?<name>\d+)§[\s\S]*?\badopt:\s*\{\s*postbackId:\s*(?<id>\d+)/;
// A gap that holds more than the secret gives another value.
const REFERENCE = /`§(\d+)§\s*secret\(\s*§(\d+)§\s*\)\s*`/g;

const TOKENS =
  /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const GAP = /\\[\s\S]|\$\{([^}]*)\}/g;

/** The code with each text as `§number§` and without its comments. */
function masked(file: string): { code: string; texts: string[] } {
  const texts: string[] = [];
  const code = file.replaceAll("§", "").replace(TOKENS, (token) => {
    if (token.startsWith("/")) return "";
    // What stands in a template's gaps is code.
    if (token.startsWith("`")) return gapsOf(token, texts);
    return mark(token.slice(1, -1), texts);
  });
  return { code, texts };
}

/** The gaps of a template, each between backticks and behind the text before it. */
function gapsOf(template: string, texts: string[]): string {
  let end = 1;
  const gaps: string[] = [];
  for (const { 0: whole, 1: gap, index } of template.matchAll(GAP)) {
    // An escaped dollar opens no gap: it is a letter of the text.
    if (gap === undefined) continue;
    const before = mark(template.slice(end, index), texts);
    gaps.push(`\`${before} ${gap.replace(TOKENS, (token) => mark(token.slice(1, -1), texts))}\``);
    end = index + whole.length;
  }
  return gaps.join("");
}

function mark(text: string, texts: string[]): string {
  texts.push(text);
  return `§${texts.length - 1}§`;
}
