/** What the code among the postbacks declares already. */
export interface Declared {
  /** The names of the resources by the ids of their records. */
  readonly names: ReadonlyMap<number, string>;
  /** Ids that stand in the code, but not beside a name, as where a person has rewritten a declaration. */
  readonly rewritten: ReadonlySet<number>;
  /** Names of secrets that the code refers to. */
  readonly secrets: ReadonlySet<string>;
}

/** Reads what code declares, without running it: in comments and in texts nothing counts. */
export function declaredIn(files: Iterable<string>): Declared {
  const ids = new Set<number>();
  const names = new Map<number, string>();
  const secrets = new Set<string>();
  for (const file of files) {
    const { code, texts } = masked(file);
    const textAt = (index: string | undefined) => texts[Number(index)] ?? "";
    for (const [, id] of code.matchAll(/\bpostbackId:\s*(\d+)/g)) ids.add(Number(id));
    for (const [, id, index] of code.matchAll(ROW)) names.set(Number(id), textAt(index));
    for (const [, index, id] of code.matchAll(STATEMENT)) names.set(Number(id), textAt(index));
    for (const [, index] of code.matchAll(/\bsecret\(\s*§(\d+)§/g)) secrets.add(textAt(index));
  }
  return { names, rewritten: new Set([...ids].filter((id) => !names.has(id))), secrets };
}

const ROW = /\bpostbackId:\s*(\d+),\s*name:\s*§(\d+)§/g;
// Up to the id, without going on into the next statement.
const STATEMENT =
  /\bnew\s+AffiliatePostback\(\s*§(\d+)§(?:(?!\bnew\s+AffiliatePostback\()[\s\S])*?\badopt:\s*\{\s*postbackId:\s*(\d+)/g;

const TOKENS =
  /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** The code with each text as `§number§` and without its comments. */
function masked(file: string): { code: string; texts: string[] } {
  const texts: string[] = [];
  const code = file.replaceAll("§", "").replace(TOKENS, (token) => {
    if (token.startsWith("/")) return "";
    // What stands in a template's gaps is code.
    if (token.startsWith("`")) return gapsOf(token, texts);
    return mark(token, texts);
  });
  return { code, texts };
}

function gapsOf(template: string, texts: string[]): string {
  const gaps = [...template.matchAll(/\$\{([^}]*)\}/g)].map(([, gap = ""]) => gap);
  return gaps.map((gap) => ` ${gap.replace(TOKENS, (token) => mark(token, texts))} `).join("");
}

function mark(token: string, texts: string[]): string {
  texts.push(token.slice(1, -1));
  return `§${texts.length - 1}§`;
}
