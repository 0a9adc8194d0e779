import type { Command } from "commander";
import { capitalize } from "../message";
import { stripControlChars } from "./output/stripControlChars";

/** What every command ends with: nothing is wrong, something must not pass, or it could not be judged. */
export type ExitCode = 0 | 1 | 2;

export const COULD_NOT_JUDGE = 2;

/** The run of a command: its arguments and options, as commander hands them over. */
type Run<Args extends unknown[]> = (...args: Args) => Promise<ExitCode>;

/** A command line to paste, and what it is for. */
export interface Use {
  readonly for: string;
  readonly command: string;
}

/** What `--help` shows beside the options. */
export interface Help {
  /** The three most frequent uses: they come first. */
  readonly uses: readonly [Use, Use, Use];
  readonly about: string;
  /** What each exit code means. */
  readonly exitCodes: Readonly<Partial<Record<ExitCode, string>>>;
}

/** Gives a command its help and its run. Wrong options end with 2: 1 would say that something was judged. */
export function complete<Args extends unknown[]>(command: Command, help: Help, run: Run<Args>): Command {
  return command
    .description(`${sentence(command.summary())}\n\n${usesText(help)}`)
    .addHelpText("after", `\n${help.about}\n\n${exitCodesText(help)}`)
    .action(async (...args) => {
      process.exitCode = await run(...(args as unknown as Args));
    });
}

function sentence(summary: string): string {
  return `${capitalize(summary)}.`;
}

function usesText({ uses }: Help): string {
  return uses.map(({ for: purpose, command }) => `${purpose}:\n  ${command}`).join("\n");
}

function exitCodesText({ exitCodes }: Help): string {
  const lines = Object.entries(exitCodes).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return ["Exit codes:", ...lines].join("\n");
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
