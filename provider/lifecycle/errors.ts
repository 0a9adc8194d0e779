/** A setting is missing or wrong: the user's to correct. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** A guard stopped an operation: something at CAKE is not as it must be for the operation to be safe. */
export class UnsafeOperationError extends Error {
  override readonly name = "RefusedByGuard";
}

/** A create was sent, and whether CAKE made the postback cannot be seen. It must not be sent again before it can. */
export class OutcomeUnknown extends UnsafeOperationError {}

/** The engine that asked for a write is gone, so nothing was sent. */
export class EngineGone extends UnsafeOperationError {}

/**
 * The postback exists at CAKE, and something is wrong with it. Pulumi keeps its id and properties, shows
 * the reasons, and tries an update at the next `up`.
 */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";
  readonly reasons: readonly string[];

  constructor(
    readonly id: string,
    readonly properties: Record<string, unknown>,
    message: string,
  ) {
    super(message);
    // The engine prints only the reasons.
    this.reasons = [message];
  }
}
