#!/usr/bin/env node
import { COULD_NOT_JUDGE, printError } from "./command";
import { commandLine } from "./commands";

async function main(args: readonly string[]): Promise<void> {
  await (await commandLine(args)).parseAsync(args, { from: "user" });
}

// A reader such as "head" may stop after the first lines. Windows has another word for it.
const PIPE_CLOSED = ["EPIPE", "EOF"];
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (!PIPE_CLOSED.includes(error.code ?? "")) throw error;
  process.exit();
});

main(process.argv.slice(2)).catch((error: unknown) => {
  printError(error);
  process.exitCode = COULD_NOT_JUDGE;
});
