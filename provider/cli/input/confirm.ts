import { openSync } from "node:fs";
import { createInterface } from "node:readline";
import { ReadStream } from "node:tty";

/** Where a person can answer a question. */
export type Terminal = NodeJS.ReadStream;

/**
 * The terminal that can answer a question; undefined if there is none, or nobody would see the question. Where standard
 * input holds data, the terminal of the process is asked instead.
 *
 * @param isInputTaken Whether standard input holds data.
 */
export function terminalFor(isInputTaken: boolean): Terminal | undefined {
  if (!process.stderr.isTTY) return undefined;
  if (process.stdin.isTTY) return process.stdin;
  if (!isInputTaken) return undefined;
  try {
    return new ReadStream(openSync("/dev/tty", "r"));
  } catch {
    return undefined;
  }
}

/** Asks a question on a terminal. Whatever is not a yes is a no: another answer, Ctrl-C or the end of the input. */
export function confirm(question: string, terminal: Terminal): Promise<boolean> {
  const lines = createInterface({ input: terminal, output: process.stderr });
  return new Promise((resolve) => {
    let isYes = false;
    lines.on("SIGINT", () => {
      process.stderr.write("\n");
      lines.close();
    });
    lines.on("close", () => {
      // An open terminal would keep the process alive.
      if (terminal === process.stdin) terminal.pause();
      else terminal.destroy();
      resolve(isYes);
    });
    lines.question(`${question} [y/N] `, (answer) => {
      isYes = /^\s*y(?:es)?\s*$/i.test(answer);
      lines.close();
    });
  });
}
