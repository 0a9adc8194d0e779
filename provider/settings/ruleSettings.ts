import * as v from "valibot";
import { builtInRules } from "../postback/rules/builtInRules";
import type { RuleSettings } from "../postback/rules/rule";
import { maskText } from "../postback/secrets";
import { nearest } from "./nearest";
import { parseJson } from "./parseJson";

// To valibot a list is an object, too.
const noList = v.check((value: unknown) => !Array.isArray(value), "must be an object, found a list");

const ownRule = v.strictObject({
  id: v.pipe(
    v.string(),
    v.regex(/^[A-OQ-Z][A-Z0-9-]{1,19}$/, 'must be like "X01"; those that begin with P are built in'),
  ),
  pattern: v.pipe(v.string(), v.check(isPattern, "must be a regular expression")),
  message: v.pipe(v.string(), v.nonEmpty("must say what is wrong")),
  severity: v.optional(v.picklist(["error", "warning"]), "warning"),
});

const macroName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_]+$/, "must be a macro's name without #"));

const weights = v.record(v.string(), v.picklist(["error", "warning", "off"]));

const schema = v.strictObject({
  severity: v.optional(v.pipe(v.unknown(), noList, weights), {}),
  macros: v.optional(v.array(macroName), []),
  own: v.optional(v.array(ownRule), []),
});

/** The settings in the JSON text of `cake:rules`. Throws what is wrong with them, as the second half of a sentence. */
export function ruleSettingsFrom(text: string): RuleSettings {
  const parsed = v.safeParse(v.pipe(v.unknown(), noList, schema), parseJson(text), { message: "" });
  if (!parsed.success) throw new Error(problemsOf(parsed.issues));
  const ids = new Set([...builtInRules, ...parsed.output.own].map(({ id }) => id));
  const unknown = Object.keys(parsed.output.severity).filter((id) => !ids.has(id));
  if (unknown.length > 0) throw new Error(`"severity" names rules that do not exist: ${unknown.join(", ")}`);
  return parsed.output;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u") !== undefined;
  } catch {
    return false;
  }
}

function problemsOf(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues
    .map((issue) => `${v.getDotPath(issue) ?? "it"} ${issue.message || problemOf(issue)}`)
    .join("; ");
}

// What a schema above says nothing of itself.
function problemOf({ type, expected, received, path }: v.BaseIssue<unknown>): string {
  if (type === "strict_object" && expected === "never") {
    const [place, known] =
      path && path.length > 1 ? ["a rule", ownRule.entries] : ["cake:rules", schema.entries];
    const near = nearest(String(path?.at(-1)?.key), Object.keys(known));
    return `is not a setting of ${place} (${near === undefined ? `those are ${Object.keys(known).join(", ")}` : `did you mean ${near}?`})`;
  }
  if (received === "undefined") return "is missing";
  const must = expected?.replace(/[()]/g, "").replaceAll(" | ", " or ") ?? "something else";
  return `must be ${WORDS[must] ?? must}, found ${WORDS[received] ?? maskText(received)}`;
}

const WORDS: Readonly<Record<string, string>> = { string: "a string", Array: "a list", Object: "an object" };
