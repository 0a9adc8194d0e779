/** The command line as docs/reference.md shows it, from the definitions of the commands. */
import type { Argument, Command, Option } from "commander";
import { type Help, sentence } from "../../provider/cli/command";
import { COMMANDS, commandLine } from "../../provider/cli/commands";
import { code, fenced, inert, table } from "./markdown";
import { reportingCommands, schemaPath } from "./schemas";

/** A command, and what its `--help` shows beside the options. */
export interface DocumentedCommand {
  readonly command: Command;
  readonly help: Help;
}

/** Every command, in the order of `pulumi-cake --help`. */
export async function documentedCommands(): Promise<DocumentedCommand[]> {
  const names = Object.keys(COMMANDS);
  const { commands } = await commandLine(names);
  return Promise.all(
    commands.map(async (command) => {
      const { HELP } = (await import(`../../provider/cli/${command.name()}/help.ts`)) as { HELP: Help };
      return { command, help: HELP };
    }),
  );
}

/** The generated parts about commands, by the name that their markers carry. */
export async function commandParts(root: string): Promise<Record<string, string>> {
  const reporting = reportingCommands(root);
  const all = await documentedCommands();
  const ofReports = all.filter(({ command }) => reporting.includes(command.name()));
  return {
    exitCodes: exitCodeTable(all),
    commands: all.map((one) => section(one, reporting)).join("\n\n"),
    ...Object.fromEntries(
      ofReports.map(({ command, help }) => [`${command.name()}ExitCodes`, exitCodes(help)]),
    ),
  };
}

/** What happens without the option: its default value, or what its description says. */
export function withoutOption({ defaultValue, defaultValueDescription, description }: Option): string {
  if (defaultValueDescription !== undefined) return defaultValueDescription;
  if (defaultValue !== undefined) return code(String(defaultValue));
  return splitDescription(description).without;
}

function section({ command, help }: DocumentedCommand, reporting: readonly string[]): string {
  const name = command.name();
  const parts = [
    `### ${code(`pulumi-cake ${name}`)}`,
    `${sentence(command.summary())}${reporting.includes(name) ? ` ${schemaLink(name)}` : ""}`,
    fenced("text", command.createHelp().commandUsage(command)),
    fenced("sh", help.uses.map(({ for: purpose, command: line }) => `# ${purpose}\n${line}`).join("\n")),
    ...help.about.split("\n\n").map(inert),
    ...(command.registeredArguments.length === 0 ? [] : [argumentTable(command.registeredArguments)]),
    optionTable(command.options),
    exitCodes(help),
  ];
  return parts.join("\n\n");
}

function schemaLink(name: string): string {
  return `With \`--format json\` it prints [this report](${schemaPath(name).replace("docs/", "")}).`;
}

function argumentTable(all: readonly Argument[]): string {
  const rows = all.map((one) => {
    const { meaning, without } = splitDescription(one.description);
    return [code(usageOf(one)), meaning, without];
  });
  return table(["Argument", "Meaning", "Default"], rows);
}

function optionTable(options: readonly Option[]): string {
  const rows = options.map((option) => [
    code(option.flags),
    splitDescription(option.description).meaning + choices(option),
    withoutOption(option),
  ]);
  return table(["Option", "Meaning", "Default"], rows);
}

function usageOf(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? "..." : "");
  return argument.required ? `<${name}>` : `[${name}]`;
}

function choices({ argChoices }: Option): string {
  return argChoices === undefined ? "" : `: ${argChoices.map(code).join(", ")}`;
}

/** "the stack (default: the selected one)" in two. */
function splitDescription(description: string): { meaning: string; without: string } {
  const found = /^(?<meaning>.*?)(?: \(default: (?<inner>.*)\)|; default: (?<last>.*))$/s.exec(description);
  const { meaning = description, inner, last = "" } = found?.groups ?? {};
  return { meaning: inert(meaning), without: inert(inner ?? last) };
}

function exitCodeTable(all: readonly DocumentedCommand[]): string {
  const rows = all.map(({ command, help: { exitCodes: codes } }) => [
    code(command.name()),
    ...([0, 1, 2] as const).map((number) => inert(codes[number] ?? "–")),
  ]);
  return table(["Command", "0", "1", "2"], rows);
}

function exitCodes({ exitCodes: codes }: Help): string {
  return table(
    ["Exit code", "Meaning"],
    Object.entries(codes).map(([number, meaning]) => [number, inert(meaning)]),
  );
}
