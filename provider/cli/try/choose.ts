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
  { resource, row, id }: Choice,
): CodedError {
  const [reason] = incomplete;
  if (all.length === 0)
    return new CodedError(messages.sourceEmpty(source, reason === undefined ? "" : `: ${maskText(reason)}`));
  if (resource === undefined)
    return new CodedError(
      messages.notFound(
        id === undefined ? `line ${row}` : `ID ${id}`,
        source,
        numbers(all, id === undefined),
      ),
    );
  const names = [...new Set(all.filter(isNamed).map(({ name }) => name))];
  const near = nearNames(resource, names).slice(0, MAX_NAMES);
  const shown = JSON.stringify(maskText(resource));
  return new CodedError(
    messages.notFound(`the name ${shown}`, source, near.length > 0 ? near.map(maskText) : firstNames(names)),
  );
}

function firstNames(names: readonly string[]): string[] {
  return names.slice(0, MAX_NAMES).map(maskText);
}

function numbers(all: readonly Candidate[], isLine: boolean): string[] {
  const known = all.flatMap((one) => (isLine ? one.line : idOf(one)) ?? []);
  return known.slice(0, MAX_NAMES).map(String);
}

function ambiguous(source: string, found: readonly Candidate[], { resource }: Choice): CodedError {
  const urns = found.flatMap((one) => one.resource?.urn ?? []);
  if (resource !== undefined && urns.length === found.length)
    return new CodedError(messages.nameAmbiguous(JSON.stringify(resource), found.length, urns.join("\n")));
  const byRow = found.some((one) => one.line !== undefined);
  const names = found.map((one) => (byRow ? `line ${one.line}` : maskText(one.name)));
  const how = phrases.howToChoose[byRow ? "row" : "resource"];
  return new CodedError(
    messages.choiceNeeded(source, plural(found.length, "postback"), listed(names, MAX_NAMES), how),
  );
}
