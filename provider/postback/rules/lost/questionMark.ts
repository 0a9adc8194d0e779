import { plainName, type UrlComponent, type UrlReading } from "../../reading/reading";
import { isKnownName } from "../../reading/vocabulary";
import { type Lost, NAME } from "./lost";

/** A pair in the path, and what stands before it where "?" should. */
const PAIR = new RegExp(
  `(?<mark>%(?:25){0,2}(?:26|3F|3B|0A|20)|[^\\w./%-]|/)(?<name>${NAME})(?<equals>=|%3D|\uff1d)`,
  "i",
);
// Another rule finds a path of this length.
const MAX_PATH = 2000;

/** Parameters without a "?" before them. */
export function lostQuestionMark(url: UrlReading): Lost[] {
  const part = url.path.text === "" ? url.host : url.path;
  const match = part.text.length < MAX_PATH ? PAIR.exec(part.text) : null;
  if (match === null) return url.hasQuery ? [] : withoutSigns(part);
  const { mark = "", name = "", equals } = match.groups ?? {};
  // A path may have pairs of its own before its query: /id=5/pb?cid=#s2#.
  if (/[/;]/.test(mark) && (url.hasQuery || !isParameter(part.text.slice(match.index), name))) return [];
  const at = part.at + match.index;
  const edit = { at, end: at + mark.length, text: "?" };
  const what = 'has parameters without a "?" before them, so it has no parameters at all';
  // In /pbcid=#s2# the name begins somewhere in the segment, and /pb/cid=#s2# may have ended with a slash.
  const isCertain = equals === "=" && !url.hasQuery && !/[/;]/.test(mark);
  // Some receivers take parameters in the path: /src=1;cost=#price#;ord=#leadid#.
  const isMatrix = !url.hasQuery && /;/.test(part.text) && !part.text.includes("&");
  return [
    {
      ...{ part, what, quoted: part.text },
      ...(isMatrix ? { severity: "warning" as const } : {}),
      ...(isCertain ? { edits: [edit] } : {}),
    },
  ];
}

// In a path, a pair is a parameter if a macro or another one follows.
function isParameter(rest: string, name: string): boolean {
  return rest.includes("&") || rest.includes("#") || isKnownName(plainName(name));
}

// /pb&cid#s2#&payout#price#, /pbcid#s2#payout#price#
function withoutSigns(part: UrlComponent): Lost[] {
  const isBare = /&[A-Za-z_]|[A-Za-z0-9]#\w+#|#\w+#[A-Za-z]/.test(part.text);
  const what = 'has parameters without "?" and "=", so it has no parameters at all';
  return part.macros.length > 0 && isBare ? [{ part, what, quoted: part.text }] : [];
}
