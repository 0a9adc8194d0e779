import { csvProblemLines } from "../../csv/problems";
import { postbackIdOf, typeIdOf } from "../../postback/postback";
import type { LiveRow, Source } from "./live/source";
import {
  type PostbackSource,
  partition,
  type Subject,
  subjectOf,
  type UncheckedPostback,
} from "./postbackSource";
import { readRows } from "./postbacksCsv";
import { parsePreview, type StepKind } from "./preview";
import { providerRules } from "./providers";
import { isWanted, parseStackExport, plainText, resourceName } from "./stackExport";
import { isHidden, openValue } from "./value";

/** What a text holds, wherever it came from. */
type Contents = Omit<PostbackSource, "source" | "isFile">;

/** Reads a preview, an exported state, a CSV or a list of URLs, whichever the text is. Throws a message for people. */
export function parseContents(text: string, name: string): Contents {
  if (/^\s*[{[]/.test(text)) return holdsDeployment(text) ? stateContents(text) : previewContents(text);
  return looksLikeUrl(text) ? parseUrls(text) : csvContents(text, name);
}

// A scheme, or a host with a path or a query.
const URL_START = /^\s*(?:(?:[a-z][a-z\d+.-]*:)?\/\/|[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?::\d+)?[/?])/iu;

/** Whether a text begins like a URL, also like one that lacks its scheme. */
export function looksLikeUrl(text: string): boolean {
  return URL_START.test(text);
}

/** Reads one URL a line. */
export function parseUrls(text: string): Contents {
  const lines = text.split(/\r\n|\n|\r/).map((line, index) => ({ url: line.trim(), line: index + 1 }));
  const subjects = lines
    .filter(({ url }) => url !== "")
    .map(({ url, line }) => ({ name: `URL ${line}`, isNamed: false, line, postbackUrl: url }));
  return { subjects, uncheckedPostbacks: [], incomplete: [] };
}

/** What is live in CAKE. */
export function toLiveSource({ instance, rows, incomplete }: Source): PostbackSource {
  const subjects = rows.map((row) => liveSubject(row, instance));
  return { source: instance, isFile: false, subjects, uncheckedPostbacks: [], incomplete };
}

/** A live postback of an instance. */
export function liveSubject(
  { id, affiliateId, offerId, status, type, url }: LiveRow,
  instance: string,
): Subject {
  return {
    ...{ name: `postback ${id}`, isNamed: true, postbackId: id, instance, postbackUrl: url },
    affiliateId: affiliateId ?? undefined,
    offerId: offerId ?? undefined,
    postbackStatus: status ?? undefined,
    postbackTypeId: typeIdOf(type ?? ""),
  };
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
function previewContents(json: string): Contents {
  const { steps, rules, incomplete } = parsePreview(json);
  const found = steps
    .filter(({ kind }) => DECLARED.has(kind))
    .map(({ name, urn, newState, oldState, ...step }) => {
      const id = postbackIdOf(newState?.id || oldState?.id || "");
      return subjectOf({ name, urn, id }, newState?.inputs ?? {}, step);
    });
  return { ...partition(found), incomplete, rules };
}

function stateContents(json: string): Contents {
  const { resources } = parseStackExport(json);
  const rulesOf = providerRules(resources, undefined);
  const found = resources.filter(isWanted).map(({ urn, id = "", provider, inputs, outputs }) => {
    const own = { ...rulesOf(provider), instance: plainText(outputs.domain) };
    const names = { name: resourceName(urn), urn, id: postbackIdOf(id) };
    const subject = subjectOf(names, { ...inputs, ...outputs }, own);
    // Secrecy that a program gave later stands in the inputs first.
    return isHidden(openValue(inputs.postbackUrl)) && "isSecret" in subject
      ? { ...subject, isSecret: true }
      : subject;
  });
  return { ...partition(found), incomplete: [] };
}

function csvContents(text: string, file: string): Contents {
  const { rows, problems } = readRows(text, file, ["postbackUrl"]);
  const found = rows.map(
    ({ postbackUrl, name, postbackType = "", others: _, ...row }): Subject | UncheckedPostback => {
      const own = name ?? (row.postbackId === undefined ? undefined : `postback ${row.postbackId}`);
      const named = { name: own ?? `line ${row.line}`, isNamed: own !== undefined };
      if (postbackUrl === undefined) {
        const { line, postbackId } = row;
        return { name: named.name, why: `line ${line} has no URL`, reason: "missing", line, postbackId };
      }
      return { postbackTypeId: typeIdOf(postbackType), ...row, ...named, postbackUrl };
    },
  );
  return {
    ...partition(found),
    incomplete: csvProblemLines(file, problems),
  };
}
