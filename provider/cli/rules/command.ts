import type { Command } from "commander";
import { complete, type ExitCode } from "../command";
import { rulesFrom } from "../input/rules";
import { stackSettings } from "../input/stackSettings";
import { colors } from "../output/colors";
import { safeJson } from "../output/json";
import { terminalWidth } from "../output/terminalWidth";
import { findRule } from "./findRule";
import { HELP } from "./help";
import { addOptions, type Options } from "./options";
import { prettyRule, prettyTable } from "./pretty";
import { type RulesReport, rulesOf } from "./report";

export function define(command: Command): Command {
  return complete(addOptions(command), HELP, run);
}

async function run(sought: string | undefined, options: Options): Promise<ExitCode> {
  const saved = await stackSettings(options, process.env);
  const rules = rulesOf(rulesFrom(options.rules, saved["cake:rules"]));
  const rule = sought === undefined ? undefined : findRule(sought, rules);
  if (options.format === "json") {
    const report: RulesReport = { version: 1, rules: rule === undefined ? rules : [rule] };
    console.log(safeJson(report, 2));
    return 0;
  }
  const width = terminalWidth();
  console.log(rule === undefined ? prettyTable(rules, colors, width) : prettyRule(rule, colors, width));
  return 0;
}
