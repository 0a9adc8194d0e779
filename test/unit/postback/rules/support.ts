import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { type EvaluatedFinding, evaluate } from "../../../../provider/postback/rules/evaluate";
import type { Candidate, RuleFacts } from "../../../../provider/postback/rules/rule";

const FOLDER = join(__dirname, "../../../fixtures/urls");

/** A URL as somebody wrote it, and what a careful reviewer wants the rules to find in it. */
export interface Sample {
  readonly url: string;
  /** What is known beside the URL, where it matters. The type is 1 unless it says otherwise. */
  readonly with?: Partial<Candidate> &
    Pick<Partial<RuleFacts>, "domain" | "isSecret"> & { readonly macros?: string[] };
  /** What must be found: `P01 error`, or one of several: `P01 error or P02 error`. */
  readonly rules: readonly string[];
  /** What may be found besides. */
  readonly may?: readonly string[];
  /** The URL that a fix must lead to; null if no fix is certain. */
  readonly fixed?: string | null;
  /** The parameters that the partner reads, by their roles. */
  readonly reads?: Readonly<Record<string, string>>;
  /** Where the URL was published. Hosts, IDs and macros are replaced. */
  readonly source?: string;
  /** Whether the URL is made for this corpus, or put together from a published list of parameters. */
  readonly derived?: boolean;
  /** Who writes such a URL, or why it is right. */
  readonly reason: string;
}

/** The samples of `test/fixtures/urls`, by the path of their file: `bad/blank`. */
export const corpus: Readonly<Record<string, readonly Sample[]>> = Object.fromEntries(
  readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => [
      file.replace(".json", "").replaceAll(sep, "/"),
      JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Sample[],
    ]),
);

export const samples = Object.values(corpus).flat();
export const goodSamples = samplesBelow("good/");
export const badSamples = samplesBelow("bad/");

/** The good samples that somebody else has published. */
export const publishedSamples = goodSamples.filter(({ source, derived }) => source !== undefined && !derived);

function samplesBelow(folder: string): readonly Sample[] {
  return Object.entries(corpus).flatMap(([file, entries]) => (file.startsWith(folder) ? entries : []));
}

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

/** How the findings differ from what the reviewer wants; empty if they agree. */
export function differences(
  { rules, may = [], fixed }: Sample,
  findings: readonly EvaluatedFinding[],
): string[] {
  const found = inShort(findings);
  const allowed = new Set([...rules.flatMap((one) => one.split(" or ")), ...may]);
  const fixes = [...new Set(findings.flatMap((one) => one.fixed ?? []))];
  return [
    ...rules
      .filter((one) => !one.split(" or ").some((alternative) => found.includes(alternative)))
      .map((one) => `missing: ${one}`),
    ...found.filter((one) => !allowed.has(one)).map((one) => `not wanted: ${one}`),
    ...(typeof fixed === "string" && !fixes.includes(fixed) ? [`missing fix: ${fixed}`] : []),
    ...(fixed === null ? fixes.map((one) => `fix that is not certain: ${one}`) : []),
  ];
}
