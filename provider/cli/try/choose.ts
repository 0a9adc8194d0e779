import { CodedError } from "../../message";
import { maskText } from "../../postback/secrets";
import { nearNames } from "../../settings/nearest";
import type { PostbackSource, Subject, UncheckedPostback } from "../input/postbackSource";
import { listed, plural } from "../output/text";
import { messages, phrases } from "./messages";
import type { Options } from "./options";

type Choice = Pick<Options, "resource" | "row" | "id">;
type Candidate = Subject | UncheckedPostback;

const MAX_NAMES = 5;

/** The postback of a source that the options name, or its only one. Throws a message for people. */
export function choosePostback(read: PostbackSource, choice: Choice): Subject {
  const source = maskText(read.source);
  const all: readonly Candidate[] = [...read.subjects, ...read.uncheckedPostbacks];
  const [first, ...more] = matching(all, choice);
  if (first === undefined) throw notFound(source, all, read, choice);
  if (more.length > 0) throw ambiguous(source, [first, ...more], choice);
  if ("postbackUrl" in first) return first;
  throw new CodedError(
    messages.urlUnreadable(maskText(first.name), first.why, phrases.whatNext[first.reason]),
  );
}

function matching(all: readonly Candidate[], { resource, row, id }: Choice): readonly Candidate[] {
  if (resource !== undefined)
    return all.filter((one) => (isNamed(one) && one.name === resource) || one.resource?.urn === resource);
  if (row !== undefined) return all.filter(({ line }) => line === row);
  if (id !== undefined) return all.filter((one) => idOf(one) === id);
  return all;
}

// The name of an unnamed one is a number that says nothing.
function isNamed(one: Candidate): boolean {
  return "isNamed" in one ? one.isNamed : one.resource !== undefined;
}

function idOf({ postbackId, resource }: Candidate): number | undefined {
  return postbackId ?? resource?.id;
}

function notFound(
  source: string,
  all: readonly Candidate[],
  { incomplete }: PostbackSource,
  choice: Choice,
): CodedError {
  if (all.length === 0) return new CodedError(messages.sourceEmpty(source, because(incomplete[0])));
  const { option, near } = soughtIn(all, choice);
  // A row that cannot be read is not there, and the file says why.
  const reason = incomplete.find((text) => /\bline (\d+)/.exec(text)?.[1] === String(choice.row));
  return new CodedError(messages.notFound(option, source, near.slice(0, MAX_NAMES), because(reason)));
}

function because(reason: string | undefined): string {
  return reason === undefined ? "" : `: ${maskText(reason)}`;
}

/** What was sought, and what may have been meant. */
function soughtIn(
  all: readonly Candidate[],
  { resource, row, id }: Choice,
): { option: string; near: readonly string[] } {
  if (row !== undefined)
    return { option: `line ${row}`, near: all.flatMap(({ line }) => line ?? []).map(String) };
  if (resource === undefined)
    return { option: `ID ${id}`, near: all.flatMap((one) => idOf(one) ?? []).map(String) };
  const names = [...new Set(all.filter(isNamed).map(({ name }) => name))];
  const near = nearNames(resource, names);
  return { option: `the name ${quoted(resource)}`, near: (near.length > 0 ? near : names).map(maskText) };
}

function quoted(name: string): string {
  return JSON.stringify(maskText(name));
}

function ambiguous(source: string, found: readonly Candidate[], { resource }: Choice): CodedError {
  const urns = found.flatMap((one) => one.resource?.urn ?? []);
  if (resource !== undefined && urns.length === found.length)
    return new CodedError(messages.nameAmbiguous(quoted(resource), found.length, urns.join("\n")));
  const byRow = found.some((one) => one.line !== undefined);
  const names = found.map((one) => (byRow ? `line ${one.line}` : maskText(one.name)));
  const how = phrases.howToChoose[byRow ? "row" : "resource"];
  return new CodedError(
    messages.choiceNeeded(source, plural(found.length, "postback"), listed(names, MAX_NAMES), how),
  );
}
