import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EvaluatedFinding, evaluate } from "../../../../provider/postback/rules/evaluate";
import type { Candidate, RuleFacts } from "../../../../provider/postback/rules/rule";

const FOLDER = join(__dirname, "../../../fixtures/urls");

/** A URL as somebody wrote it, and what the rules are to find in it. */
export interface Sample {
  readonly url: string;
  /** What is known beside the URL, where it matters. The type is 1 unless it says otherwise. */
  readonly with?: Partial<Candidate> &
    Pick<Partial<RuleFacts>, "domain" | "isSecret"> & { readonly macros?: string[] };
  /** All that is found, each once: `P01 error`. */
  readonly rules: readonly string[];
  /** The URL that the fixes lead to. */
  readonly fixed?: string;
  /** Who writes such a URL, or why it is right. */
  readonly reason: string;
}

/** The samples of `test/fixtures/urls`, by the name of their file. */
export const corpus: Readonly<Record<string, readonly Sample[]>> = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [
    file.replace(".json", ""),
    JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Sample[],
  ]),
);

export const samples = Object.values(corpus).flat();

/** A title for a test about a URL, whatever it holds. */
export function titleOf({ url, reason }: Sample): string {
  return `${reason}: ${JSON.stringify(url).slice(0, 120)}`;
}

export function findingsIn({ url, with: given = {} }: Pick<Sample, "url" | "with">): EvaluatedFinding[] {
  const { domain, isSecret, macros = [], ...candidate } = given;
  return evaluate(
    { postbackTypeId: 1, ...candidate, postbackUrl: url },
    { severity: {}, macros, own: [] },
    { domain, isSecret },
  );
}

export function inShort(findings: readonly EvaluatedFinding[]): string[] {
  return [...new Set(findings.map(({ rule, severity }) => `${rule} ${severity}`))].sort();
}
