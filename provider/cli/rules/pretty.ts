import type { Colors } from "picocolors/types";
import { explanationOf } from "../../postback/rules/explanation";
import { PLACES } from "../../postback/rules/rule";
import { type Block, type Line, say } from "../output/document";
import { prettyText } from "../output/pretty";
import { stripControlChars } from "../output/stripControlChars";
import { wrapped } from "../output/text";
import { phrases } from "./messages";
import type { Rule } from "./report";

/** All rules as a table, and those of the project as another one. */
export function prettyTable(rules: readonly Rule[], paint: Colors, width: number): string {
  const own = rules.filter(({ isOwn }) => isOwn);
  const builtIn = rules.filter(({ isOwn }) => !isOwn);
  const blocks: Block[] = [
    {
      table: {
        head: ["Rule", "Name", "Severity", "Finds a URL with", "Runs in"],
        rows: builtIn.map((rule) =>
          [rule.id, rule.name, severityText(rule), rule.title, placesText(rule)].map(cell),
        ),
      },
    },
    ...(own.length === 0 ? [] : ownBlocks(own)),
    { lines: [[""], [phrases.explainOne(builtIn[0]?.id ?? "")]] },
  ];
  return prettyText(blocks, paint, width);
}

function ownBlocks(own: readonly Rule[]): Block[] {
  const rows = own.map((rule) => [rule.id, severityText(rule), rule.title].map(cell));
  return [{ title: "Rules of this project" }, { table: { head: ["Rule", "Severity", "Finds"], rows } }];
}

function cell(text: string): readonly Line[] {
  return [say`${text}`];
}

/** The page of a rule. */
export function prettyRule(rule: Rule, paint: Colors, width: number): string {
  const { id, name, title, isOwn, page } = rule;
  const facts = [["Severity", severityText(rule)], ...(isOwn ? ownFacts(rule) : builtInFacts(rule))];
  return [
    ...wrapped(stripControlChars(`${id} ${name}: ${isOwn ? title : `a URL with ${title}`}`), width).map(
      (line) => paint.bold(line),
    ),
    "",
    ...facts.flatMap(([label = "", text = ""]) => factLines(label, text, width)),
    "",
    phrases.suppress(id),
    "",
    phrases.setSeverity(id),
    "",
    `More: ${page}`,
  ].join("\n");
}

function builtInFacts({ why = "", source = "", bad = "", good = "", ...rule }: Rule): string[][] {
  const { defaultSeverity: severity } = rule;
  return explanationOf({ ...rule, severity, why, source, bad, good }).map(({ label, text }) => [label, text]);
}

function ownFacts({ pattern = "", fix, runsIn }: Rule): string[][] {
  return [
    ["Pattern", pattern],
    ["What to do", fix],
    ["Runs in", runsIn.join(", ")],
  ];
}

const LABEL_WIDTH = 12;

function factLines(label: string, text: string, width: number): string[] {
  const lines = wrapped(stripControlChars(text), Math.max(1, width - LABEL_WIDTH));
  return lines.map((line, index) => `${(index === 0 ? label : "").padEnd(LABEL_WIDTH)}${line}`);
}

function severityText({ severity, defaultSeverity }: Rule): string {
  return severity === defaultSeverity ? severity : `${severity} (default: ${defaultSeverity})`;
}

function placesText({ runsIn }: Rule): string {
  return runsIn.length === PLACES.length ? "everywhere" : runsIn.join(", ");
}
