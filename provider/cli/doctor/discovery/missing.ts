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
