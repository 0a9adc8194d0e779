import { defaultRuleSettings, type RuleSettings } from "../../postback/rules/rule";
import { ruleSettingsFrom } from "../../settings/ruleSettings";
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
    throw new Error(
      `The rules in ${file ?? (inStack === undefined ? "CAKE_RULES" : "cake:rules")} cannot be read: ${(error as Error).message}.`,
    );
  }
}
