import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { postbackSteps } from "./review/preview";
import { asCsv, asTable, workListOf } from "./review/workList";

const HELP = `
The work list is for a CAKE whose postbacks cannot be changed by API (cake:endpoints is "documented", or the
update endpoint is missing). Edit them in CAKE as it says, write the ids into a file, one a line
(--format ids prints them), and record the edits with
  CAKE_CONFIRM_MANUAL=<file> pulumi up

Examples:
  pulumi preview --json | npx pulumi-cake review --work-list
  npx pulumi-cake review --work-list --format csv preview.json > work.csv`;

interface Options {
  readonly format: "table" | "csv" | "ids";
}

export function define(command: Command): Command {
  return command
    .argument("[preview]", 'a file with the output of "pulumi preview --json"; default: standard input')
    .requiredOption("--work-list", "print what must be edited by hand in CAKE, old value and new")
    .addOption(
      new Option("--format <format>", "how to print it").choices(["table", "csv", "ids"]).default("table"),
    )
    .addHelpText("after", HELP)
    .action(run);
}

async function run(file: string | undefined, { format }: Options): Promise<void> {
  const preview = file === undefined ? await text(process.stdin) : await readFile(file, "utf8");
  const work = workListOf(postbackSteps(preview));
  if (format === "csv") process.stdout.write(asCsv(work));
  else if (format === "ids")
    for (const id of new Set(work.map(({ postbackId }) => postbackId))) console.log(id);
  else console.log(work.length === 0 ? "Nothing is to be edited by hand." : asTable(work));
}
