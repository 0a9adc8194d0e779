import { CodedError, type Message } from "../message";

/** An operation may be unsafe, so it stopped before it changed anything. */
export class UnsafeOperationError extends CodedError {
  override readonly name: string = "UnsafeOperationError";
}

/** A write was sent, and what became of it cannot be seen. */
export class OutcomeUnknown extends UnsafeOperationError {}

/** The engine that asked for a write is gone, so nothing was sent. */
export class EngineGone extends UnsafeOperationError {}

/** Another run has an unfinished create of the same affiliate and offer, or has just made one. Nothing was sent. */
export class CreatedMeanwhile extends UnsafeOperationError {}

/**
 * The postback exists at CAKE, and something is wrong with it or not proven. Pulumi keeps its id and properties, shows
 * the reasons, and tries an update at the next `up`.
 */
export class PartialFailure extends CodedError {
  override readonly name = "PartialFailure";
  readonly reasons: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;

  constructor(
    readonly id: string,
    properties: Record<string, unknown>,
    message: Message,
  ) {
    super(message);
    // Nothing that the engine sends tells an update that the last operation failed.
    this.properties = { ...properties, __unproven: true };
    // The engine prints only the reasons.
    this.reasons = [this.message];
  }
}
