import { CodedError } from "../../message";
import { defaultRuleSettings, type RuleSettings } from "../../postback/rules/rule";
import { maskText } from "../../postback/secrets";
import { ruleSettingsFrom } from "../../settings/ruleSettings";
import { messages } from "./messages";
import { readFile } from "./text";

/**
 * What the project decides about the rules: in a file, else in the stack's settings as a preview shows them, else in
 * CAKE_RULES. Throws a message for people.
 */
export function rulesFrom(file: string | undefined, inStack?: string): RuleSettings {
  const text = file === undefined ? (inStack ?? process.env.CAKE_RULES) : readFile(file);
  if (text === undefined || text.trim() === "") return defaultRuleSettings;
  try {
    return ruleSettingsFrom(text);
  } catch (error) {
    const where = file ?? (inStack === undefined ? "CAKE_RULES" : "cake:rules");
    throw new CodedError(messages.rulesInvalid(maskText(where), (error as Error).message));
  }
}

/**
 * The same for several providers: each text is read once.
 *
 * @param inStack The rules of those that have none of their own.
 */
export function rulesByText(
  file: string | undefined,
  inStack?: string,
): (own: string | undefined) => RuleSettings {
  const read = new Map<string | undefined, RuleSettings>();
  return (own = inStack) => {
    // A file holds for all of them.
    const text = file === undefined ? own : undefined;
    const known = read.get(text) ?? rulesFrom(file, text);
    read.set(text, known);
    return known;
  };
}
