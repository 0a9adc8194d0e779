import { type CallLog, recordOf } from "../../cake/callLog";
import { type EndpointName, endpoints } from "../../cake/endpoints";
import { type Reading, readSuccess } from "../../cake/envelope";
import type { CakeErrorKind } from "../../cake/errors";
import type { Clock } from "../../http/clock";
import { type AttemptFailure, retryAfterMs, retryDelay } from "../../http/retry";
import { createTransport, type HttpAnswer, type HttpOutcome, type Transport } from "../../http/transport";
import { commandLog } from "../input/callLog";
import type { Instance } from "../input/instance";

/** Why a call gave no usable answer, in finer kinds than those of the client's errors. */
export type FailureKind = CakeErrorKind | "timeout" | "empty" | "redirect";

export type Reply<T> =
  | { readonly ok: true; readonly value: T; readonly ms: number }
  | {
      readonly ok: false;
      readonly failure: FailureKind;
      readonly kind: CakeErrorKind;
      readonly what: string;
      readonly outcome: Timed;
    };

type Failed = Extract<Reply<unknown>, { ok: false }>;
export type Timed = HttpOutcome & { readonly ms: number };
export type Fields = Readonly<Record<string, string | number>>;

/** One call that was made, for those who keep a record. */
export interface MadeCall {
  readonly path: string;
  /** The names of the fields beside the key; undefined for a call without both. */
  readonly fields: readonly string[] | undefined;
  readonly outcome: Timed;
}

// A search makes many calls, so that one that CAKE does not want must not be repeated for minutes.
const MOST_WITHOUT_KEY = 4;

/** Calls one instance, and records how it answers. It can send nothing but a GET. */
export class Probe {
  /** How long each answer took, in milliseconds. */
  readonly answerTimes: number[] = [];
  /** How often CAKE asked to slow down. */
  throttled = 0;
  /** Whether the server answered with content. CAKE gives an empty success to an address that it ignores. */
  wasAnswered = false;
  private readonly transport: Transport;
  private readonly log: CallLog | undefined = commandLog();

  constructor(
    private readonly instance: Instance,
    private readonly clock: Clock,
    private readonly onCall: (call: MadeCall) => void = () => {},
  ) {
    this.transport = createTransport({ proxy: instance.settings.proxy, connections: 1 });
  }

  /** A call without the key and without fields: it can do nothing that a stranger could not do. Never repeated. */
  sendWithoutKey(path: string): Promise<Timed> {
    return this.sendInTurn(path, undefined, readSuccess, () => false).then(({ outcome }) => outcome);
  }

  /** The same, repeated a few times while CAKE asks to slow down. */
  sendWithoutKeyInTurn(path: string): Promise<Timed> {
    const isRepeated = ({ kind }: Failed, attempt: number) =>
      kind === "throttled" && attempt < MOST_WITHOUT_KEY;
    return this.sendInTurn(path, undefined, readSuccess, isRepeated).then(({ outcome }) => outcome);
  }

  /** A call with the key, repeated as the provider would: only for endpoints that are known to read. */
  send<T>(path: string, fields: Fields, read: (answer: HttpAnswer) => Reading<T>): Promise<Reply<T>> {
    return this.sendInTurn(path, fields, read, () => true).then(({ reply }) => reply);
  }

  private async sendInTurn<T>(
    path: string,
    fields: Fields | undefined,
    read: (answer: HttpAnswer) => Reading<T>,
    isRepeated: (reply: Failed, attempt: number) => boolean,
  ): Promise<{ readonly outcome: Timed; readonly reply: Reply<T> }> {
    const { settings } = this.instance;
    const deadline = this.clock.now() + settings.operationTimeoutMs;
    for (let attempt = 1; ; attempt += 1) {
      const leftMs = Math.floor(deadline - this.clock.now());
      const timeoutMs = Math.max(1, Math.min(settings.requestTimeoutMs, leftMs));
      const outcome = await this.sendOnce(path, fields, timeoutMs);
      const reply = replyFrom(outcome, read);
      this.record(path, attempt, outcome, reply, fields !== undefined);
      if (!reply.ok && reply.kind === "throttled") this.throttled += 1;
      const isLast = reply.ok || !isRepeated(reply, attempt);
      const delay = isLast ? "stop" : this.delayAfter(reply, attempt, deadline);
      if (delay === "stop") return { outcome, reply };
      await this.clock.sleep(delay);
    }
  }

  private record(path: string, attempt: number, sent: Timed, reply: Reply<unknown>, hasKey: boolean): void {
    const { origin, settings, redact } = this.instance;
    const pathOf = (name: EndpointName) => settings.paths[name] ?? endpoints[name].path;
    const endpoint = (Object.keys(endpoints) as EndpointName[]).find((name) => pathOf(name) === path) ?? null;
    // What an answer to a call without the key means, nobody can say: unless it asks to slow down.
    const isJudged = hasKey || sent.kind !== "answer" || (!reply.ok && reply.kind === "throttled");
    const judged = reply.ok
      ? ({ outcome: "ok", what: undefined } as const)
      : { outcome: reply.kind, what: reply.what };
    const { outcome, what } = isJudged ? judged : ({ outcome: "answered", what: undefined } as const);
    const { ms } = sent;
    this.log?.write(
      recordOf({ origin, endpoint, path, method: "GET", attempt, ms, sent, outcome, what, redact }),
    );
  }

  /** @param fields What the query holds beside the key; undefined for a call without both. */
  private async sendOnce(path: string, fields: Fields | undefined, timeoutMs: number): Promise<Timed> {
    const { origin, apiKey } = this.instance;
    this.log?.open();
    const url = new URL(path, origin);
    for (const [name, value] of Object.entries(fields ? { api_key: apiKey, ...fields } : {}))
      url.searchParams.set(name, String(value));
    const start = this.clock.now();
    const outcome = await this.transport.send({ method: "GET", url, timeoutMs });
    const ms = Math.round(this.clock.now() - start);
    if (outcome.kind === "answer") this.answerTimes.push(ms);
    if (outcome.kind === "answer" && !isEmptySuccess(outcome)) this.wasAnswered = true;
    this.onCall({ path, fields: fields && Object.keys(fields), outcome: { ...outcome, ms } });
    return { ...outcome, ms };
  }

  // A call that times out is a finding, and a retry would only take longer.
  private delayAfter({ kind, failure, outcome }: Failed, attempt: number, deadline: number): number | "stop" {
    if (failure === "timeout" || !this.wasAnswered || !isRetryable(kind)) return "stop";
    const askedFor = outcome.kind === "answer" ? retryAfterMs(outcome.retryAfter, outcome.date) : undefined;
    const remainingMs = deadline - this.clock.now();
    const failed = {
      failure: kind,
      repeat: "harmless",
      attempt,
      retryAfterMs: askedFor,
      remainingMs,
    } as const;
    return retryDelay(failed, this.clock.random());
  }
}

function isRetryable(kind: CakeErrorKind): kind is AttemptFailure {
  return kind === "unreached" || kind === "lost" || kind === "throttled";
}

/** What an answer is, as `read` understands it, or why there is none. */
export function replyFrom<T>(outcome: Timed, read: (answer: HttpAnswer) => Reading<T>): Reply<T> {
  if (outcome.kind !== "answer") {
    const { kind, what, silent } = outcome;
    return { ok: false, kind, what, failure: silent ? "timeout" : kind, outcome };
  }
  const reading = read(outcome);
  if (reading.ok) return { ok: true, value: reading.value, ms: outcome.ms };
  const { kind } = reading;
  const what = kind === "webPage" ? `a web page instead of data (${reading.what})` : reading.what;
  const isRedirect = outcome.status >= 300 && outcome.status < 400;
  const failure = isRedirect ? "redirect" : isEmptySuccess(outcome) ? "empty" : kind;
  return { ok: false, kind, what, failure, outcome };
}

function isEmptySuccess({ status, text }: { readonly status: number; readonly text: string }): boolean {
  return status < 300 && text.trim() === "";
}
