import { FORMATS, isNewer, STATE_VERSION } from "../../formats/formats";
import { messages as formats } from "../../formats/messages";
import { UnsafeOperationError } from "../errors";
import { phrases, postbackName } from "../messages";
import type { State } from "../state";

/** Refuses to work on what a newer version has marked as more than this one understands, in outputs or inputs. */
export function requireReadableState(state: Readonly<Record<string, unknown>>, id?: string): void {
  const version = state[STATE_VERSION];
  if (!isNewer("state", version)) return;
  const name = postbackName(state as Partial<State>, id);
  throw new UnsafeOperationError(formats.newer(phrases.stateOf(name), version, FORMATS.state));
}
