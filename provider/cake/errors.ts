import { CodedError, type Message } from "../message";
import type { EndpointName } from "./endpoints";

/**
 * Why a call to CAKE failed, by layer.
 * - `unreached`: the network: no connection was made, or the call was not even sent, so CAKE did nothing.
 * - `lost`: the network or CAKE's server: the request went out and no usable answer came back. A write may have happened.
 * - `throttled`: CAKE asked to slow down for longer than the operation may take. It did nothing.
 * - `key`: CAKE does not accept the API key. It did nothing.
 * - `refused`: CAKE understood the request and said no, in its own words. It did nothing.
 * - `missing`: this CAKE instance does not have the endpoint. It did nothing.
 * - `webPage`: HTML came where JSON was due: a login page, another server, or no such endpoint. A write may have happened.
 * - `unexpected`: an answer that is not what the article or the convention describes. A write may have happened.
 */
export type CakeErrorKind =
  | "unreached"
  | "lost"
  | "throttled"
  | "key"
  | "refused"
  | "missing"
  | "webPage"
  | "unexpected";

const OUTCOME_UNKNOWN: ReadonlySet<CakeErrorKind> = new Set(["lost", "webPage", "unexpected"]);

/** A call to CAKE that failed. The message is complete and holds no secret; `kind` and `code` are for code. */
export class CakeError extends CodedError {
  override readonly name = "CakeError";

  constructor(
    readonly kind: CakeErrorKind,
    readonly endpoint: EndpointName,
    message: Message,
    /** What came instead of a usable answer, for messages that quote it. */
    readonly reason = message.text,
    /** The HTTP status, if there was an answer. */
    readonly status?: number,
  ) {
    super(message);
  }

  /** Whether the request may have changed something at CAKE although it failed. */
  get outcomeUnknown(): boolean {
    return OUTCOME_UNKNOWN.has(this.kind);
  }
}

/** Whether `error` is a failed call to CAKE, of one of the given kinds where any are named. */
export function isCakeError(error: unknown, ...kinds: CakeErrorKind[]): error is CakeError {
  return error instanceof CakeError && (kinds.length === 0 || kinds.includes(error.kind));
}
