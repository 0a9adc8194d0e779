import { maskUrl, maskValue } from "../../postback/secrets";
import { urlChanges } from "../../postback/urlChanges";
import type { DeclaredPostback } from "../input/declared";
import { pathNames } from "../input/propertyPath";
import { type PostbackChange, readableUrl } from "./changes";

/** One difference for a reader. The values stand as they are written, with secrets masked. */
export interface Difference {
  /** `parameter`, `host`, `status`, … */
  readonly part: string;
  /** The parameter's name. */
  readonly name?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const HIDDEN = "***";

const FIELDS = [
  ["affiliate", "affiliateId"],
  ["offer", "offerId"],
  ["type", "postbackTypeId"],
  ["status", "postbackStatus"],
] as const satisfies readonly (readonly [string, keyof DeclaredPostback])[];

/** What changes, part by part. */
export function differencesOf(change: PostbackChange): Difference[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const fields = FIELDS.map(([part, field]) => ({
    part,
    from: shown(before[field]),
    to: shown(after[field]),
  }));
  return [...fields.filter(({ from, to }) => from !== to), ...urlDifferences(change)];
}

function urlDifferences(change: PostbackChange): Difference[] {
  const [old, now] = [readableUrl(change.before), readableUrl(change.after)];
  if (old === undefined || now === undefined) return secretDifferences(change);
  return urlChanges(old, now).map(({ part, name, from, to }) => {
    const mask = (text: string | undefined) => {
      if (text === undefined) return undefined;
      if (part === "parameter") return maskValue(name ?? "", text);
      return maskUrl(text);
    };
    return { part, name, from: mask(from), to: mask(to) };
  });
}

// Of a secret the plugin says which parts change, and how; the values stay out.
function secretDifferences({ before, after, changedProperties }: PostbackChange): Difference[] {
  const parts = changedProperties.flatMap(({ path, kind }): Difference[] => {
    const [property, part, name] = pathNames(path);
    if (property !== "urlParts" || part === undefined) return [];
    const isParameter = part === "query" && name !== undefined;
    return [{ ...(isParameter ? { part: "parameter", name } : { part }), ...hiddenValues(kind) }];
  });
  // Each value of a repeated parameter may have a path of its own.
  if (parts.length > 0) return [...new Map(parts.map((one) => [JSON.stringify(one), one])).values()];
  const kinds = [before?.url.kind, after?.url.kind];
  if (kinds.includes("unknown")) return [{ part: "the URL, which is known only after it is created" }];
  const both = [before?.url, after?.url].map((url) => (url?.kind === "known" ? url.value : undefined));
  const isSame = both[0] !== undefined && both[0] === both[1];
  const isChanged =
    changedProperties.some(({ path }) => path === "postbackUrl") || (both[0] !== undefined && !isSame);
  return isChanged ? [{ part: "the URL, which is secret" }] : [];
}

function hiddenValues(kind: string | undefined): Pick<Difference, "from" | "to"> {
  if (kind === "add") return { to: HIDDEN };
  return kind === "delete" ? { from: HIDDEN } : {};
}

function shown(value: unknown): string {
  return value === undefined ? "unknown" : String(value);
}
