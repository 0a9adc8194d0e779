/** Retries are counted in tenths, so that no rounding moves the bound. */
const RETRY = 10;
const AT_THE_START = 3 * RETRY;
const AT_MOST = 10 * RETRY;
const PER_ANSWERED_CALL = 1;

/**
 * How many retries one process may still make. Each call that gets an answer earns a tenth of one, so a lone
 * failure among healthy calls is always repeated, and where nothing is answered any more, repeating soon ends.
 *
 * For n calls, with their retries, at most 1.1 n + 3 attempts are made. Where no call is ever answered it is
 * n + 3, which is 1.1 n or less from thirty calls on: the three are what lets the very first call be repeated.
 */
export class RetryBudget {
  private left = AT_THE_START;

  /** A call got an answer. */
  earn(): void {
    this.left = Math.min(AT_MOST, this.left + PER_ANSWERED_CALL);
  }

  /** Takes one retry, if there is one. */
  spend(): boolean {
    if (this.left < RETRY) return false;
    this.left -= RETRY;
    return true;
  }
}
