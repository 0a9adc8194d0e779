import Table from "cli-table3";
import pc from "picocolors";
import { settings as allSettings } from "../../settings";
import type { FittingSetting } from "./advise";
import { ABILITIES, couldLook, type Verdict } from "./judge";
import type { Report } from "./report";
import { factLines } from "./words";
import type { WriteReport } from "./writes/report";
import { settledLines } from "./writes/words";

const COLOURS: Readonly<Record<Verdict, (text: string) => string>> = {
  works: pc.green,
  "will not work": pc.red,
  "not known": pc.yellow,
};

/** The report as text for people. It takes the report's texts to be fit to be shown. */
export function printed(report: Report): string {
  const { facts, judgements, settings, warnings, writes, instance } = report;
  // Where nothing could be looked at, one line says why; that nothing is known of the rest goes without saying.
  const told = judgements.filter(({ ability }) => couldLook(facts) || ability === "instance");
  const verdicts = told.map(({ ability, verdict, why }) => [
    ABILITIES[ability],
    COLOURS[verdict](verdict),
    why,
  ]);
  return [
    pc.bold(`What was seen of ${instance}`),
    table(factLines(facts), [18, 84]),
    ...(writes === undefined ? [] : [pc.bold("What the probe of writes settled"), ...probe(writes)]),
    pc.bold("What will work"),
    table(verdicts, [34, 15, 50]),
    ...(settings.length === 0 ? [] : [pc.bold("Settings that fit"), ...settings.map(command)]),
    ...warnings.map((text) => `${pc.yellow("Warning:")} ${text}`),
  ].join("\n");
}

const WITHOUT_RULES = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

function table(rows: readonly (readonly string[])[], colWidths: number[]): string {
  const drawn = new Table({
    colWidths,
    wordWrap: true,
    chars: WITHOUT_RULES,
    style: { head: [], border: [] },
  });
  for (const row of rows) drawn.push([...row]);
  return drawn.toString();
}

function probe({ settled, leftBehind, refusal, surprise }: WriteReport): string[] {
  const lines = settledLines(settled);
  return [
    ...(refusal === undefined ? [] : [`Nothing was written: ${refusal}`]),
    ...(lines.length === 0 ? [] : [table(lines, [34, 66])]),
    ...(surprise === undefined ? [] : [`${pc.red("Stopped:")} ${surprise}`]),
    ...(leftBehind.length === 0
      ? []
      : [`Left behind, because CAKE cannot delete: postback ${leftBehind.join(", ")}`]),
  ];
}

/** A line to paste into a shell. A single quote cannot stand in a host or a path, but a mistake must not run. */
function command({ name, value, why }: FittingSetting): string {
  const argument = /^[\w.:/-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
  const variable = allSettings[name].variable;
  return `  pulumi config set cake:${name} ${argument}\n      ${pc.dim(`${why} (in the environment: ${variable})`)}`;
}
