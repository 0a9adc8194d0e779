import type { Clock } from "../http/clock";
import type { Pace } from "../http/pace";
import type { Redact } from "../http/redact";
import { type AttemptFailure, type Repeat, retryAfterMs, retryDelay } from "../http/retry";
import type { HttpOutcome, Transport } from "../http/transport";
import type { Postback, PostbackDeclaration } from "../postback/postback";
import { type EndpointName, endpoints, MAX_ROWS_PER_PAGE } from "./endpoints";
import { CakeError, type CakeErrorKind, isCakeError } from "./errors";
import { explain } from "./explain";
import { type Listing, readAllPages } from "./paging";
import {
  createFields,
  type Misreading,
  type Page,
  type PostbackChanges,
  type Reading,
  readPage,
  readRecord,
  updateFields,
} from "./wire";

export type ListFilter = Partial<Pick<Postback, "postbackId" | "affiliateId" | "offerId">>;

/** A look at one record: not there, or not to be told, as where the list ignores the filter. */
export type Peek = Postback | "absent" | "unclear";

export interface CakeClientOptions {
  /** Scheme, host and port of the instance. */
  readonly origin: string;
  readonly apiKey: string;
  /** Own paths of assumed endpoints. */
  readonly paths: Partial<Record<EndpointName, string>>;
  /** How long one attempt may take, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** How long one call may take with all its attempts, in milliseconds. */
  readonly operationTimeoutMs: number;
  readonly transport: Transport;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly redact: Redact;
  /** Asked before every write, which may have waited long: throws or never returns if nobody wants it any more. */
  readonly permitWrite: () => Promise<void>;
}

type Fields = Readonly<Record<string, string | number>>;

/** CAKE's postback endpoints, one method each. Every failure is a `CakeError`. */
export class CakeClient {
  // CAKE kills an old key at once, and a refused key stays refused: one answer is enough for the whole process.
  private keyRefusal: CakeError | undefined;

  constructor(private readonly options: CakeClientOptions) {}

  /** Registers a postback. Not idempotent: sent again only if the first sending provably did nothing. */
  create(declaration: PostbackDeclaration): Promise<Postback> {
    return this.call("create", createFields(declaration), "duplicates", readRecord);
  }

  /** Changes the given fields of a postback and nothing else. */
  update(postbackId: number, changes: PostbackChanges): Promise<Postback> {
    return this.call("update", updateFields(postbackId, changes), "harmless", readRecord);
  }

  /** All postbacks that match the filter. Never filtered by status: an inactive postback is there, too. */
  list(filter: ListFilter = {}): Promise<Listing> {
    return readAllPages((startAtRow, rowLimit) => this.listPage(filter, startAtRow, rowLimit));
  }

  /** One postback on the first page that is filtered for its id. */
  async peek(postbackId: number): Promise<Peek> {
    const { rows, size } = await this.listPage({ postbackId }, 0, MAX_ROWS_PER_PAGE);
    return rows.find((row) => row.postbackId === postbackId) ?? (size === 0 ? "absent" : "unclear");
  }

  private listPage(
    { postbackId, affiliateId, offerId }: ListFilter,
    startAtRow: number,
    rowLimit: number,
  ): Promise<Page> {
    const fields = {
      ...(postbackId === undefined ? {} : { postback_id: postbackId }),
      ...(affiliateId === undefined ? {} : { affiliate_id: affiliateId }),
      ...(offerId === undefined ? {} : { offer_id: offerId }),
      start_at_row: startAtRow,
      row_limit: rowLimit,
    };
    return this.call("list", fields, "harmless", readPage);
  }

  private async call<T>(
    endpoint: EndpointName,
    fields: Fields,
    repeat: Repeat,
    read: (answer: Extract<HttpOutcome, { kind: "answer" }>) => Reading<T>,
  ): Promise<T> {
    const { clock, operationTimeoutMs } = this.options;
    const deadline = clock.now() + operationTimeoutMs;
    let lost: CakeError | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.attempt(endpoint, fields, deadline);
      const reading = outcome.kind === "answer" ? read(outcome) : unanswered(outcome);
      if (reading.ok) return reading.value;
      const failure = this.failure(endpoint, reading, outcome);
      const delay = this.delayBeforeRetry(reading.kind, repeat, attempt, outcome, deadline);
      // An attempt that may have been acted on is not undone by a later one that never arrived.
      if (delay === "stop") throw failure.outcomeUnknown ? failure : (lost ?? failure);
      if (failure.outcomeUnknown) lost = failure;
      await clock.sleep(delay);
    }
  }

  private async attempt(endpoint: EndpointName, fields: Fields, deadline: number): Promise<HttpOutcome> {
    const { pace, transport, clock, requestTimeoutMs, permitWrite } = this.options;
    return pace.run(async () => {
      if (this.keyRefusal) throw this.keyRefusal;
      const { method, keyIn } = endpoints[endpoint];
      if (method === "POST") await permitWrite();
      const timeoutMs = Math.min(requestTimeoutMs, deadline - clock.now());
      if (timeoutMs <= 0) return TOO_LATE;
      return transport.send({
        method,
        url: this.urlOf(endpoint, keyIn === "query" ? fields : undefined),
        body: keyIn === "body" ? JSON.stringify({ api_key: this.options.apiKey, ...fields }) : undefined,
        timeoutMs,
      });
    });
  }

  private urlOf(endpoint: EndpointName, query: Fields | undefined): URL {
    const url = new URL(this.pathOf(endpoint), this.options.origin);
    if (query) {
      url.searchParams.set("api_key", this.options.apiKey);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    }
    return url;
  }

  /** Whether the user said where the endpoint is. */
  hasOwnPath(endpoint: EndpointName): boolean {
    return this.options.paths[endpoint] !== undefined;
  }

  private pathOf(endpoint: EndpointName): string {
    return this.options.paths[endpoint] ?? endpoints[endpoint].path;
  }

  private delayBeforeRetry(
    kind: CakeErrorKind,
    repeat: Repeat,
    attempt: number,
    outcome: HttpOutcome,
    deadline: number,
  ): number | "stop" {
    if (!isRetryable(kind)) return "stop";
    const { clock, pace } = this.options;
    const askedFor = outcome.kind === "answer" ? retryAfterMs(outcome.retryAfter, clock.now()) : undefined;
    const remainingMs = deadline - clock.now();
    const failed = { failure: kind, repeat, attempt, retryAfterMs: askedFor, remainingMs };
    const delay = retryDelay(failed, clock.random());
    if (kind === "throttled" && delay !== "stop") pace.holdBack(delay);
    return delay;
  }

  private failure(
    endpoint: EndpointName,
    { kind, what }: Misreading | Unanswered,
    outcome: HttpOutcome,
  ): CakeError {
    const { origin, redact } = this.options;
    const path = this.pathOf(endpoint);
    const message = redact(outcome === TOO_LATE ? what : explain({ kind, what, endpoint, origin, path }));
    const error = new CakeError(
      kind,
      endpoint,
      message,
      outcome.kind === "answer" ? outcome.status : undefined,
    );
    if (isCakeError(error, "key")) this.keyRefusal = error;
    return error;
  }
}

// Sent all the same, with no time left for an answer, a create would end unclear for nothing.
const TOO_LATE = {
  kind: "unreached",
  what: "The call to CAKE was not sent: the time that cake:operationTimeout allows was over before its turn came. Nothing was done. Run again, with a longer cake:operationTimeout if this goes on.",
} as const;

interface Unanswered {
  readonly ok: false;
  readonly kind: "unreached" | "lost";
  readonly what: string;
}

function unanswered({ kind, what }: Extract<HttpOutcome, { kind: "unreached" | "lost" }>): Unanswered {
  return { ok: false, kind, what };
}

function isRetryable(kind: CakeErrorKind): kind is AttemptFailure {
  return kind === "unreached" || kind === "lost" || kind === "throttled";
}
