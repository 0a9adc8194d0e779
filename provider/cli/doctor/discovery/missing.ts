import { readSuccess } from "../../../cake/envelope";
import { answerShape, MISSING_PATH } from "../answerShape";
import { replyFrom, type Timed } from "../probe";

/** An answer to a call without the key, and the path that was called. */
export interface BareAnswer {
  readonly path: string;
  readonly outcome: Timed;
}

/** Whether it is HTTP 404 or 405 without a verdict of CAKE. */
export function isPlainlyMissing({ outcome }: BareAnswer): boolean {
  const reply = replyFrom(outcome, readSuccess);
  return !reply.ok && reply.failure === "missing";
}

/** Whether a path answers as the one does that cannot exist. */
export function isLikeMissing({ path, outcome }: BareAnswer, missingPath: Timed): boolean {
  const shape = answerShape(outcome, path);
  return shape !== undefined && shape === answerShape(missingPath, MISSING_PATH);
}

// The caller may not, or the server broke: that says nothing about what is there.
const SAYS_NOTHING = (status: number) => status === 401 || status === 403 || status >= 500;

/**
 * The paths that may be the list although they could not be read. An answer that more than half of all paths give is that
 * of a missing path: at most a few of them exist.
 */
export function unreadAmong(failed: readonly BareAnswer[], all: number): string[] {
  const shapes = new Map(failed.map(({ path, outcome }) => [path, answerShape(outcome, path)]));
  const isUsual = ({ path, outcome }: BareAnswer) => {
    const shape = shapes.get(path);
    if (shape === undefined || (outcome.kind === "answer" && SAYS_NOTHING(outcome.status))) return false;
    return [...shapes.values()].filter((one) => one === shape).length > all / 2;
  };
  return failed.filter((one) => !isUsual(one)).map(({ path }) => path);
}
