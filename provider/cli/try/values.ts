import { CodedError } from "../../message";
import { DOCUMENTED_MACROS, documentedMacro, macrosIn } from "../../postback/macros";
import { meaningOf } from "../../postback/reading/vocabulary";
import type { RuleSettings } from "../../postback/rules/rule";
import { nearest } from "../../settings/nearest";
import type { Subject } from "../input/postbackSource";
import { messages, phrases } from "./messages";
import type { GivenValue } from "./options";
import type { TriedMacro } from "./report";

/** The value that stands in for a macro; `undefined` where CAKE is not known to replace it. */
export interface MacroValue extends TriedMacro {
  readonly value: string | undefined;
}

/** A value for each macro of a URL. Throws a message for people if a given value has no place in it. */
export function macroValues(
  subject: Subject,
  given: readonly GivenValue[],
  { macros }: RuleSettings,
): ReadonlyMap<string, MacroValue> {
  const inUrl = [...new Set(macrosIn(subject.postbackUrl))];
  const known = new Set([...DOCUMENTED_MACROS, ...macros]);
  for (const { name } of given) refuseUseless(name, inUrl, known, subject);
  const values = new Map(given.map(({ name, value }) => [name, value]));
  return new Map(inUrl.map((name) => [name, macroValue(name, values.get(name), subject, known)] as const));
}

function refuseUseless(
  name: string,
  inUrl: readonly string[],
  known: ReadonlySet<string>,
  { clickIdSlot }: Subject,
): void {
  if (!inUrl.includes(name)) throw new CodedError(messages.macroMissing(name, inUrl, nearest(name, inUrl)));
  if (known.has(name)) return;
  const meant = meaningOf(name, clickIdSlot)?.macro ?? nearest(name, [...known]);
  throw new CodedError(messages.macroUnknown(name, meant));
}

function macroValue(
  name: string,
  given: string | undefined,
  { affiliateId, offerId }: Subject,
  known: ReadonlySet<string>,
): MacroValue {
  const documented = documentedMacro(name);
  const meaning = documented?.meaning ?? phrases[known.has(name) ? "invented" : "unknownMacro"];
  const made = (from: TriedMacro["from"], value: string | undefined) => ({ name, meaning, from, value });
  if (given !== undefined) return made("given", given);
  // 0 means all offers, so that the offer of a conversion is another one.
  const own = { affid: affiliateId, oid: offerId === 0 ? undefined : offerId }[name];
  if (own !== undefined) return made("postback", String(own));
  if (documented !== undefined) return made("sample", documented.sample);
  return known.has(name) ? made("invented", `sample-${name}`) : made("kept", undefined);
}
