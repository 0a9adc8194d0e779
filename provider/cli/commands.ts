import { Command } from "commander";
import { ownManifest } from "../manifest";
import { endsWithTwo } from "./command";

/** What the file of a sub-command exports. */
interface CommandFile {
  /** Adds the arguments, options, help and action to the command of that name. */
  define(command: Command): Command;
}

/** Every sub-command: what it is for, and its file, which is loaded only when the command is named. */
export const COMMANDS: Readonly<Record<string, { for: string; load: () => Promise<CommandFile> }>> = {
  doctor: {
    for: "diagnose a CAKE instance",
    load: () => import("./doctor/command.js"),
  },
  lint: { for: "find mistakes in postback URLs", load: () => import("./lint/command.js") },
  rules: { for: "explain the rules for postback URLs", load: () => import("./rules/command.js") },
  try: {
    for: "show what a partner receives, and what it answers",
    load: () => import("./try/command.js"),
  },
  review: {
    for: "turn a preview into a comment for a pull request",
    load: () => import("./review/command.js"),
  },
  preflight: {
    for: "check a stack for interrupted creates",
    load: () => import("./preflight/command.js"),
  },
  inventory: {
    for: "compare live postbacks with stacks",
    load: () => import("./inventory/command.js"),
  },
  adopt: {
    for: "import live postbacks into a stack and write their code",
    load: () => import("./adopt/command.js"),
  },
  sandbox: { for: "run an emulator of CAKE on this machine", load: () => import("./sandbox/command.js") },
};

/** The command line. Only the commands that are named know their options. */
export async function commandLine(named: readonly string[]): Promise<Command> {
  const program = endsWithTwo(new Command("pulumi-cake"))
    .description("Manage CAKE affiliate postbacks with Pulumi.")
    .version(ownManifest().version, "-V, --version", "print the version")
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText("after", "\nExamples and exit codes: pulumi-cake <command> --help");
  for (const [name, { for: purpose, load }] of Object.entries(COMMANDS)) {
    const command = endsWithTwo(new Command(name)).summary(purpose);
    program.addCommand(named.includes(name) ? (await load()).define(command) : command);
  }
  return program;
}
