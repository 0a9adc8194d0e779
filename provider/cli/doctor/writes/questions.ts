import { createInterface } from "node:readline/promises";
import type { Pair } from "./records";

/** Asks a person and returns what they typed. */
export type Ask = (question: string) => Promise<string>;

/** Answers given on the command line, where nobody can be asked. */
export interface Answers {
  readonly writeInactiveRecords: boolean;
  readonly theyStayForGood: boolean;
}

export const ANSWER_OPTIONS = {
  writeInactiveRecords: "--yes-write-inactive-records",
  theyStayForGood: "--yes-they-stay-for-good",
} as const satisfies Record<keyof Answers, string>;

/**
 * Why nothing may be written, or undefined where both questions were answered with yes. Two, because the second
 * says what cannot be undone; and the second answer is no "y", so that it is not given by habit.
 */
export async function refusalByPerson(
  instance: string,
  { affiliateId, offerId }: Pair,
  answers: Answers,
  ask: Ask | undefined,
): Promise<string | undefined> {
  if (!answers.writeInactiveRecords) {
    if (!ask) return nobodyToAsk(ANSWER_OPTIONS.writeInactiveRecords);
    const question = `This writes up to 3 inactive postbacks for affiliate ${affiliateId}, offer ${offerId} on ${instance}. Go on? (yes/no) `;
    if ((await ask(question)).trim().toLowerCase() !== "yes")
      return "the first question was not answered with yes";
  }
  if (!answers.theyStayForGood) {
    if (!ask) return nobodyToAsk(ANSWER_OPTIONS.theyStayForGood);
    const question = `CAKE cannot delete them: they stay for good. To write them, type the affiliate's id: `;
    if ((await ask(question)).trim() !== String(affiliateId))
      return "the second question was not answered with the affiliate's id";
  }
  return undefined;
}

function nobodyToAsk(option: string): string {
  return `there is no terminal to ask on. Where nobody can be asked, ${option} answers one of the two questions`;
}

/** How to ask on this process's terminal; undefined where it has none. Standard output stays free for the report. */
export function terminal(): Ask | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (question) => {
    const readline = createInterface({ input: process.stdin, output: process.stderr });
    // Ctrl-D ends the input without an answer, and that is no yes.
    const ended = new Promise<string>((resolve) => readline.once("close", () => resolve("")));
    try {
      return await Promise.race([readline.question(question), ended]);
    } finally {
      readline.close();
    }
  };
}
