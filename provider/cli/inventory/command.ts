import { realpathSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { createColors } from "picocolors";
import type { Colors } from "picocolors/types";
import { systemClock } from "../../http/clock";
import type { Redact } from "../../http/redact";
import { complete, type ExitCode } from "../command";
import { readSources } from "../input/live/read";
import { rulesFrom } from "../input/rules";
import { type Stack, stackFrom } from "../input/stacks";
import { readFile, readFrom } from "../input/text";
import { colors } from "../output/colors";
import { safeJson } from "../output/json";
import { inventoryOf } from "./build";
import { exitCodeOf, usualFindings } from "./exit";
import { asHtml } from "./html";
import { addOptions, type Format, type Options } from "./options";
import { asCsv } from "./print/csv";
import { asMarkdown } from "./print/markdown";
import { asTable } from "./print/table";
import type { InventoryReport } from "./report";
import { earlierFrom } from "./since";
import { WHERE_HELP } from "./where";

const EXAMPLE = "pulumi stack export | npx pulumi-cake inventory -";

const HELP = `
Reads what is live in CAKE, each instance once and by reads alone, and compares it with the states of stacks. The keys come
from CAKE_API_KEY and, for --instance, from CAKE_<NAME>_API_KEY. Values that partners take for secrets are masked, and a
URL that a program keeps secret is not shown.

--where asks for ${WHERE_HELP}.
Commas mean "or", several --where mean "and":
  --where macro=#reqid#   --where host=track.acme.example   --where host=.rdtk.io   --where is=unmanaged,drifted

Exit codes:
  0  nothing was found of what --fail-on names
  1  something was
  2  CAKE or a file could not be read, or not all of it, or CAKE's list is not provably complete

Examples:
  CAKE_API_KEY=… npx pulumi-cake inventory --domain yourdomain.cakemarketing.com
  ${EXAMPLE}
  npx pulumi-cake inventory dev.json prod.json --output report.html --output report.json --since last-week.json
  npx pulumi-cake inventory --where macro=#reqid# --group shape`;

export function define(command: Command): Command {
  const exports = 'files with the output of "pulumi stack export"; "-": standard input';
  return complete(addOptions(command.argument("[exports...]", exports)), HELP, run);
}

async function run(files: readonly string[], options: Options): Promise<ExitCode> {
  const { report, redact } = await reportOn(files, options);
  for (const { file, format } of options.output)
    writeFileSync(file, redact(printed(report, format, options, createColors(false))));
  process.stdout.write(redact(printed(report, options.format, options, colors)));
  return exitCodeOf(report, options.failOn ?? usualFindings(files.length > 0));
}

// Files first: a slip in one should not cost a reading of CAKE.
async function reportOn(
  files: readonly string[],
  options: Options,
): Promise<{ report: InventoryReport; redact: Redact }> {
  refuseIgnored(files, options);
  const stacks: Stack[] = [];
  for (const file of files) stacks.push(await readFrom(file, EXAMPLE, stackFrom));
  const rules = rulesFrom(options.rules);
  const earlier =
    options.since === undefined ? undefined : earlierFrom(readFile(options.since), options.since);
  const { domain, instance: named, csv, affiliate: affiliates, where } = options;
  const kind = options.source ?? (csv === undefined ? "list" : "csv");
  const { sources, readers } = await readSources(
    { kind, domain, named, csv, affiliates: affiliatesOf(affiliates, stacks) },
    process.env,
    systemClock,
  );
  const report = inventoryOf({ takenAt: new Date(), sources, stacks, rules, where, earlier });
  // Somebody may have put a key of CAKE's into a URL.
  const redact: Redact = (text) => readers.reduce((all, { instance }) => instance.redact(all), text);
  return { report, redact };
}

// What would be ignored in silence was meant for something.
function refuseIgnored(files: readonly string[], { source, csv, affiliate }: Options): void {
  if (csv !== undefined && source !== undefined && source !== "csv")
    throw new Error("--csv reads a file instead of CAKE: leave --source out.");
  if (affiliate.length > 0 && source !== "campaigns")
    throw new Error("--affiliate says whose campaigns to read. To narrow the report: --where affiliate=2004");
  const places = files.map(placeOf);
  const twice = files.find((_, index) => places.indexOf(places[index] ?? "") !== index);
  if (twice !== undefined)
    throw new Error(`${twice} is given twice, so that all in it would be managed twice.`);
}

// One file has many paths. That there is none is told when it is read.
function placeOf(file: string): string {
  if (file === "-") return file;
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}

// CAKE gives its campaigns by affiliate only: who names none means those of the stacks.
function affiliatesOf(named: readonly number[], stacks: readonly Stack[]): readonly number[] {
  if (named.length > 0) return named;
  const managed = stacks.flatMap(({ postbacks }) =>
    postbacks.flatMap(({ affiliateId }) => affiliateId ?? []),
  );
  return [...new Set(managed)].sort((one, other) => one - other);
}

function printed(report: InventoryReport, format: Format, { group }: Options, paint: Colors): string {
  switch (format) {
    case "table":
      return `${asTable(report, { paint, group })}\n`;
    case "csv":
      return asCsv(report);
    case "json":
      return `${safeJson(report, 1)}\n`;
    case "markdown":
      return `${asMarkdown(report)}\n`;
    case "html":
      return asHtml(report);
  }
}
