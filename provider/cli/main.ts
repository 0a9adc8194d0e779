#!/usr/bin/env node
import { Command } from "commander";
import { COULD_NOT_JUDGE, endsWithTwo, printError } from "./command";
import { ownVersion } from "./version";

/** What the file of a sub-command exports. */
interface CommandFile {
  /** Adds the arguments, options, help and action to the command of that name. */
  define(command: Command): Command;
}

/** Every sub-command: what it is for, and its file, which is loaded only when the command is named. */
const COMMANDS: Readonly<Record<string, { for: string; load: () => Promise<CommandFile> }>> = {
  preflight: {
    for: "say whether a run may go on from a state",
    load: () => import("./preflight/command.js"),
  },
  doctor: {
    for: "diagnose a CAKE instance",
    load: () => import("./doctor/command.js"),
  },
  adopt: { for: "take over what is live into a stack", load: () => import("./adopt/command.js") },
  inventory: {
    for: "compare what is live in CAKE with what the stacks have",
    load: () => import("./inventory/command.js"),
  },
  lint: { for: "find mistakes in postback URLs", load: () => import("./lint/command.js") },
  review: { for: "say what a previewed change means for CAKE", load: () => import("./review/command.js") },
  sandbox: { for: "run an emulator of CAKE on this machine", load: () => import("./sandbox/command.js") },
};

async function main(args: readonly string[]): Promise<void> {
  const program = endsWithTwo(new Command("pulumi-cake"))
    .description("CAKE affiliate postbacks as reviewed, declarative stacks")
    .version(ownVersion());
  for (const [name, { for: purpose, load }] of Object.entries(COMMANDS)) {
    const command = endsWithTwo(new Command(name)).description(purpose);
    program.addCommand(args.includes(name) ? (await load()).define(command) : command);
  }
  await program.parseAsync(args, { from: "user" });
}

// Whoever reads only the beginning, as "head" does, has what they want.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

main(process.argv.slice(2)).catch((error: unknown) => {
  printError(error);
  process.exitCode = COULD_NOT_JUDGE;
});
