import { isCakeError } from "../../cake/errors";
import { CodedError, errorText } from "../../message";
import { SettingsError } from "../../settings/settingsError";
import { OutcomeUnknown, PartialFailure, UnsafeOperationError } from "../errors";
import { messages } from "../messages";

/**
 * Lets the first write of a kind go alone. The others wait until one is proven. One that CAKE definitely refused proves
 * nothing, so the next one goes alone; one whose outcome is unclear or wrong stops all that have not started.
 */
export class FirstWrite {
  private proven = false;
  private stoppedBy: Error | undefined;
  private turn: Promise<void> = Promise.resolve();

  /** @param operation Receives whether it goes alone, and so has to prove what the others will rely on. */
  async run<T>(operation: (alone: boolean) => Promise<T>): Promise<T> {
    if (this.proven) return this.watched(operation(false));
    const before = this.turn;
    let pass: () => void = () => undefined;
    this.turn = new Promise((resolve) => {
      pass = resolve;
    });
    try {
      await before;
      this.requireGoing();
      // Proven while this one waited: it goes at once, and lets the next one through before it is done.
      if (this.proven) pass();
      const result = await this.watched(operation(!this.proven));
      // One that was under way when the run was stopped proves nothing.
      this.proven = this.stoppedBy === undefined;
      return result;
    } finally {
      pass();
    }
  }

  /** Throws if no write of this kind may start any more. */
  requireGoing(): void {
    const { stoppedBy } = this;
    if (stoppedBy === undefined) return;
    const happened = stoppedBy instanceof CodedError ? stoppedBy.happened : errorText(stoppedBy);
    throw new UnsafeOperationError(messages.stoppedByEarlierWrite(happened));
  }

  /** Ends the run for every write of this kind that has not started. */
  stop(reason: Error): void {
    this.stoppedBy ??= reason;
    this.proven = false;
  }

  private async watched<T>(operation: Promise<T>): Promise<T> {
    try {
      return await operation;
    } catch (error) {
      if (!isDefinite(error)) this.stop(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }
}

// What was not sent, or what CAKE said no to, changed nothing. All else may have.
function isDefinite(error: unknown): boolean {
  if (error instanceof PartialFailure || error instanceof OutcomeUnknown) return false;
  if (isCakeError(error)) return !error.outcomeUnknown;
  return error instanceof UnsafeOperationError || error instanceof SettingsError;
}
