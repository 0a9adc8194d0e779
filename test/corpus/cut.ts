/** Cuts a good URL into the parts that a breakage is made of. */
import { tokenizeMacros } from "../../provider/postback/macros";
import type { Sample } from "../unit/postback/rules/support";

/** A stretch of a URL. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface CutMacro extends Stretch {
  /** The name between the hashes. */
  readonly name: string;
}

export interface CutParameter extends Stretch {
  readonly name: string;
  readonly value: Stretch;
}

export interface CutUrl {
  readonly url: string;
  readonly scheme: Stretch;
  readonly host: Stretch;
  readonly path: Stretch;
  readonly macros: readonly CutMacro[];
  readonly parameters: readonly CutParameter[];
  /** The "?", each "&", and the first "=" of each parameter. */
  readonly separators: readonly Stretch[];
  /** The parameter that carries the click ID, unless the path does. */
  readonly clickId: CutParameter | undefined;
}

export function cut(sample: Sample): CutUrl {
  const { url } = sample;
  const schemeEnd = url.indexOf("//") + 2;
  const queryAt = indexOr(url, "?", schemeEnd, url.length);
  const pathAt = Math.min(indexOr(url, "/", schemeEnd, queryAt), queryAt);
  const parameters = parametersOf(url, queryAt + 1);
  return {
    url,
    scheme: stretch(url, 0, schemeEnd),
    host: stretch(url, schemeEnd, pathAt),
    path: stretch(url, pathAt, queryAt),
    macros: tokenizeMacros(url).flatMap(({ at, text, macro: name }) =>
      name === undefined ? [] : [{ ...stretch(url, at, at + text.length), name }],
    ),
    parameters,
    separators: [
      ...(queryAt < url.length ? [stretch(url, queryAt, queryAt + 1)] : []),
      ...parameters.slice(1).map(({ start }) => stretch(url, start - 1, start)),
      ...parameters
        .filter(({ value, start, name }) => value.start > start + name.length)
        .map(({ value }) => stretch(url, value.start - 1, value.start)),
    ],
    clickId: clickIdOf(sample, parameters),
  };
}

/** The URL with another text instead of a stretch. */
export function replaced(
  { url }: CutUrl,
  { start, end }: Pick<Stretch, "start" | "end">,
  text: string,
): string {
  return url.slice(0, start) + text + url.slice(end);
}

/** The URL with another text instead of each of several stretches. */
export function allReplaced(
  good: CutUrl,
  stretches: readonly Stretch[],
  text: (old: string) => string,
): string {
  const lastFirst = [...stretches].sort((one, other) => other.start - one.start);
  return lastFirst.reduce(
    (url, { start, end, text: old }) => url.slice(0, start) + text(old) + url.slice(end),
    good.url,
  );
}

function parametersOf(url: string, from: number): CutParameter[] {
  if (from > url.length) return [];
  let start = from;
  return url
    .slice(from)
    .split("&")
    .map((text) => {
      const [at, end] = [start, start + text.length];
      start = end + 1;
      const nameEnd = indexOr(url, "=", at, end);
      const nameEndInside = Math.min(nameEnd, end);
      const value = stretch(url, Math.min(nameEndInside + 1, end), end);
      return { ...stretch(url, at, end), name: url.slice(at, nameEndInside), value };
    });
}

function clickIdOf(
  { reads, with: given }: Sample,
  parameters: readonly CutParameter[],
): CutParameter | undefined {
  const named = parameters.find(({ name }) => name === reads?.clickId);
  if (named !== undefined || reads !== undefined) return named;
  const slots = [`#${given?.clickIdSlot ?? "s2"}#`, "#s3#", "#s5#", "#s1#"];
  return slots
    .map((slot) => parameters.find(({ value }) => value.text === slot))
    .find((parameter) => parameter !== undefined);
}

function stretch(url: string, start: number, end: number): Stretch {
  return { start, end, text: url.slice(start, end) };
}

function indexOr(text: string, sought: string, from: number, otherwise: number): number {
  const at = text.indexOf(sought, from);
  return at === -1 ? otherwise : at;
}
