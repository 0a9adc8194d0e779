import type { Command } from "commander";
import { capitalize } from "../message";
import { stripControlChars } from "./output/stripControlChars";
import { wrapped } from "./output/text";

/** What every command ends with: nothing is wrong, something must not pass, or it could not be judged. */
export type ExitCode = 0 | 1 | 2;

export const COULD_NOT_JUDGE = 2;

/** The run of a command: its arguments and options, as commander hands them over. */
type Run<Args extends unknown[]> = (...args: Args) => Promise<ExitCode>;

/** A command line to paste, and what it is for. */
interface Use {
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
    .addHelpText("after", () => afterOptions(command, help))
    .action(async (...args) => {
      process.exitCode = await run(...(args as unknown as Args));
    });
}

export function sentence(summary: string): string {
  return `${capitalize(summary)}.`;
}

function usesText({ uses }: Help): string {
  return uses.map(({ for: purpose, command }) => `${purpose}:\n  ${command}`).join("\n");
}

function afterOptions(command: Command, { about, exitCodes }: Help): string {
  const helpWidth = command.configureOutput().getOutHelpWidth?.() ?? 80;
  const helper = command.createHelp();
  helper.prepareContext({ helpWidth });
  // Within a paragraph, the terminal decides where a line ends.
  const paragraphs = about
    .split("\n\n")
    .map((text) => helper.boxWrap(text.replace(/\n(?! )/g, " "), helpWidth));
  const codes = Object.entries(exitCodes).map(([code, meaning]) =>
    helper.formatItem(code, 1, meaning, helper),
  );
  return `\n${paragraphs.join("\n\n")}\n\nExit codes:\n${codes.join("\n")}`;
}

/** Wraps text at the terminal's width. A line that is indented is a command to paste, and stays in one piece. */
function wrapHelp(text: string, width: number): string {
  const lines = text.split("\n").flatMap((line) => (line.startsWith(" ") ? [line] : wrapped(line, width)));
  return lines.join("\n");
}

/** Ends with 2 instead of commander's 1, also for the commands below. */
export function endsWithTwo(command: Command): Command {
  return command
    .configureHelp({ boxWrap: wrapHelp })
    .helpOption("-h, --help", "show this help")
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
