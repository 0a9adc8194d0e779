import { CodedError } from "../../message";
import { maskText } from "../../postback/secrets";
import { nearNames } from "../../settings/nearest";
import { messages } from "./messages";
import type { Rule } from "./report";

const MAX_NEAR = 4;

/** The rule of an ID or a name, in any case. Throws a message for people that names similar rules. */
export function findRule(sought: string, rules: readonly Rule[]): Rule {
  const isIt = (text: string) => text.toLowerCase() === sought.toLowerCase();
  const rule = rules.find(({ id }) => isIt(id)) ?? rules.find(({ name, isOwn }) => !isOwn && isIt(name));
  if (rule !== undefined) return rule;
  throw new CodedError(messages.ruleUnknown(JSON.stringify(maskText(sought)), similar(sought, rules)));
}

/** Rules whose name contains the text, else those of which the ID or name is nearly the same. */
function similar(sought: string, rules: readonly Rule[]): string[] {
  const word = sought.toLowerCase();
  const containing = rules.filter(({ name, isOwn }) => !isOwn && word.length > 2 && name.includes(word));
  const near = nearNames(
    sought,
    rules.flatMap(({ id, name, isOwn }) => (isOwn ? [id] : [id, name])),
  );
  const found = containing.length > 0 ? containing : near.flatMap((text) => namedBy(text, rules));
  return [...new Set(found.map(({ id, name }) => `${id} ${name}`))].slice(0, MAX_NEAR);
}

function namedBy(text: string, rules: readonly Rule[]): Rule[] {
  return rules.filter(({ id, name }) => [id, name].includes(text));
}
