import type { Command } from "commander";
import { stripControlChars } from "./output/stripControlChars";

/** What every command ends with: nothing is wrong, something must not pass, or it could not be judged. */
export type ExitCode = 0 | 1 | 2;

export const COULD_NOT_JUDGE = 2;

/** The run of a command: its arguments and options, as commander hands them over. */
type Run<Args extends unknown[]> = (...args: Args) => Promise<ExitCode>;

/** Gives a command its help and its run. Wrong options end with 2: 1 would say that something was judged. */
export function complete<Args extends unknown[]>(command: Command, help: string, run: Run<Args>): Command {
  return command.addHelpText("after", help).action(async (...args) => {
    process.exitCode = await run(...(args as unknown as Args));
  });
}

/** Ends with 2 instead of commander's 1, also for the commands below. */
export function endsWithTwo(command: Command): Command {
  return command
    .configureOutput({ writeErr: (text) => process.stderr.write(inertLines(text)) })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : COULD_NOT_JUDGE));
}

/** Prints what went wrong. It may quote a file or an answer, so no line of it can move the cursor. */
export function printError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  console.error(inertLines(message));
}

function inertLines(text: string): string {
  return text.split("\n").map(stripControlChars).join("\n");
}
