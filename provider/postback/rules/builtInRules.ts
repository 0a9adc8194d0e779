import { crossRules } from "./crossRules";
import { hostRules } from "./hostRules";
import { macroRules } from "./macroRules";
import type { RuleDescription, UrlRule } from "./rule";
import { shapeRules } from "./shapeRules";
import { trackerRules } from "./trackerRules";

/** Every rule about one URL, in the order of the IDs. */
export const urlRules: readonly UrlRule[] = [
  ...macroRules,
  ...shapeRules,
  ...hostRules,
  ...trackerRules,
].sort((one, other) => one.id.localeCompare(other.id));

/** Every rule that comes with pulumi-cake. */
export const builtInRules: readonly RuleDescription[] = [...urlRules, ...crossRules];
