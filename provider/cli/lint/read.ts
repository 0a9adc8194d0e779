import { csvProblemLines } from "../../csv/problems";
import { typeIdOf } from "../../postback/postback";
import type { Source } from "../input/live/source";
import { readRows } from "../input/postbacksCsv";
import { parsePreview, type StepKind } from "../input/preview";
import { isWanted, nameOf, parseStackExport } from "../input/stackExport";
import { type NotJudged, type Read, type Subject, sorted, subjectOf } from "../input/subject";

/** What a text holds, wherever it came from. */
type Contents = Omit<Read, "source" | "isFile">;

/** Reads a preview, an exported state, a CSV or a list of URLs, whichever the text is. Throws a message for people. */
export function readContents(text: string, name: string): Contents {
  if (/^\s*[{[]/.test(text)) return holdsDeployment(text) ? readState(text) : readPreview(text);
  return looksLikeUrl(text) ? readUrls(text) : readCsv(text, name);
}

// A scheme, or a host with a path or a query.
const URL_START = /^\s*(?:(?:[a-z][a-z\d+.-]*:)?\/\/|[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?::\d+)?[/?])/iu;

/** Whether a text begins like a URL, also like one that lacks its scheme. */
export function looksLikeUrl(text: string): boolean {
  return URL_START.test(text);
}

/** Reads one URL a line. */
export function readUrls(text: string): Contents {
  const lines = text.split(/\r\n|\n|\r/).map((line, index) => ({ url: line.trim(), line: index + 1 }));
  const subjects = lines
    .filter(({ url }) => url !== "")
    .map(({ url, line }) => ({ name: `URL ${line}`, isNamed: false, line, postbackUrl: url }));
  return { subjects, notJudged: [], incomplete: [] };
}

/** What is live in CAKE. */
export function readLive({ instance, rows, incomplete }: Source): Read {
  const subjects = rows.map(({ id, affiliateId, offerId, status, type, url }) => ({
    name: `postback ${id}`,
    isNamed: true,
    postbackId: id,
    instance,
    postbackUrl: url,
    affiliateId: affiliateId ?? undefined,
    offerId: offerId ?? undefined,
    postbackStatus: status ?? undefined,
    postbackTypeId: typeIdOf(type ?? ""),
  }));
  return { source: instance, isFile: false, subjects, notJudged: [], incomplete };
}

function holdsDeployment(json: string): boolean {
  try {
    return "deployment" in (JSON.parse(json) as object);
  } catch {
    return false;
  }
}

const DECLARED: ReadonlySet<StepKind> = new Set(["create", "update", "replace", "same", "refresh"]);

// What would be live after the change.
function readPreview(json: string): Contents {
  const { steps, rules, incomplete } = parsePreview(json);
  const found = steps
    .filter(({ kind }) => DECLARED.has(kind))
    .map(({ name, newState }) => subjectOf(name, newState?.inputs ?? {}));
  return { ...sorted(found), incomplete, rules };
}

function readState(json: string): Contents {
  const wanted = parseStackExport(json).resources.filter(isWanted);
  const found = wanted.map(({ urn, inputs, outputs }) => subjectOf(nameOf(urn), { ...inputs, ...outputs }));
  return { ...sorted(found), incomplete: [] };
}

function readCsv(text: string, file: string): Contents {
  const { rows, problems } = readRows(text, file, ["postbackUrl"]);
  const found = rows.map(({ postbackUrl, name, postbackType = "", ...row }): Subject | NotJudged => {
    const own = name ?? (row.postbackId === undefined ? undefined : `postback ${row.postbackId}`);
    const named = { name: own ?? `line ${row.line}`, isNamed: own !== undefined };
    if (postbackUrl === undefined) return { name: named.name, why: `line ${row.line} has no URL` };
    return { postbackTypeId: typeIdOf(postbackType), ...row, ...named, postbackUrl };
  });
  return {
    ...sorted(found),
    incomplete: csvProblemLines(file, problems),
  };
}
