import { type Answer, type Delivery, htmlAnswer, jsonAnswer, legacyRefusal, refusal } from "./answer";
import type { RequestBehaviour } from "./behaviour";
import { type QuoteForm, quotingBody } from "./quote";
import type { Operation, RecordedRequest } from "./requests";

/** Whether a fault occurs before the request has its effect, or after it. */
export type FaultPoint = "before" | "after";

/** The form of a refusal: as in v2, as in legacy endpoints, or as in their JSON mode, which is inside `d`. */
type Envelope = "v2" | "legacy" | "legacyJson";

/** A `Retry-After` header: a number of seconds, or the date so many seconds ahead on the server's clock. */
export type RetryAfter = number | { readonly date: number };

/** How one request fails. Without `when`, the request has no effect. */
export type Fault =
  /**
   * Another behavior for this request only: `{ list: "empty" }`, `{ create: "overwrite" }`. It has the effect of that
   * behavior.
   */
  | { kind: "behaviour"; behaviour: RequestBehaviour }
  /**
   * Any HTTP answer, by default with an HTML page as web servers send it. A text is sent as text/plain, an object as
   * JSON. `headers` override the other headers.
   */
  | {
      kind: "status";
      status: number;
      body?: string | Readonly<Record<string, unknown>>;
      headers?: Readonly<Record<string, string>>;
      retryAfter?: RetryAfter;
      when?: FaultPoint;
    }
  /** HTTP 429. @default retryAfter no such header */
  | { kind: "rateLimited"; retryAfter?: RetryAfter; when?: FaultPoint }
  /** CAKE's throttle: HTTP 200 with the message `Restricted`. @default envelope "v2" */
  | { kind: "restricted"; envelope?: Envelope; when?: FaultPoint }
  /** CAKE's refusal with your message, by default with HTTP 200 and in the form of v2. */
  | { kind: "refused"; message: string; status?: number; envelope?: Envelope; when?: FaultPoint }
  /** A refusal that quotes the postback URL of the request in one of several forms. @default status 200 */
  | { kind: "quoted"; as: QuoteForm; status?: number; when?: FaultPoint }
  /** A web page at HTTP 200, as a login page or a proxy sends it. */
  | { kind: "html"; when?: FaultPoint }
  /** HTTP 200 without a body. */
  | { kind: "empty"; when?: FaultPoint }
  | { kind: "redirect"; status: 301 | 302 | 303 | 307 | 308; location: string; when?: FaultPoint }
  /** A complete HTTP answer whose JSON stops in the middle. @default when "after" */
  | { kind: "truncated"; when?: FaultPoint }
  /** Half of the announced bytes, then a reset. @default when "after" */
  | { kind: "brokenOff"; when?: FaultPoint }
  /** Half of the announced bytes, then silence. @default when "after" */
  | { kind: "stalled"; when?: FaultPoint }
  /** The connection is reset before any answer. */
  | { kind: "reset"; when?: FaultPoint }
  /** No answer ever comes. */
  | { kind: "hang"; when?: FaultPoint }
  /** The JSON of the real answer, changed by your function. It always has the effect. */
  | { kind: "altered"; alter: (answer: unknown) => unknown };

export type FaultKind = Fault["kind"];

/** Which requests fail, and how. */
export interface FaultPlan {
  /** The endpoint, or `"any"` for all. */
  on: Operation | "any";
  fault: Fault;
  /** How many requests fail. @default 1 */
  times?: number;
  /** How many matching requests succeed before that. @default 0 */
  after?: number;
  /** Only requests for which this returns true, such as those of one affiliate. @default every request */
  where?: (request: RecordedRequest) => boolean;
}

/** The faults that have not occurred yet. */
export class FaultQueue {
  #queue: { plan: FaultPlan; toPass: number; left: number }[] = [];

  add(plan: FaultPlan): void {
    this.#queue.push({ plan, toPass: plan.after ?? 0, left: plan.times ?? 1 });
  }

  clear(): void {
    this.#queue = [];
  }

  /** The fault of this request. Each plan counts the matching requests that no earlier plan has used. */
  next(request: RecordedRequest): Fault | undefined {
    for (const entry of this.#queue) {
      if (entry.left <= 0 || !matches(entry.plan, request)) continue;
      if (entry.toPass > 0) {
        entry.toPass -= 1;
        continue;
      }
      entry.left -= 1;
      return entry.plan.fault;
    }
    return undefined;
  }
}

function matches({ on, where }: FaultPlan, request: RecordedRequest): boolean {
  return (on === "any" || on === request.operation) && (where?.(request) ?? true);
}

const AFTER_BY_DEFAULT: ReadonlySet<FaultKind> = new Set([
  "behaviour",
  "altered",
  "truncated",
  "brokenOff",
  "stalled",
]);

export function faultPointOf(fault: Fault): FaultPoint {
  const when = "when" in fault ? fault.when : undefined;
  return when ?? (AFTER_BY_DEFAULT.has(fault.kind) ? "after" : "before");
}

/** What a fault needs to know about its request. `now` is the time of the server's clock. */
export interface FaultContext {
  readonly request: RecordedRequest;
  readonly now: number;
}

/** What the caller receives instead of `answer`. A request without an effect has no answer of its own. */
export function applyFault(
  fault: Fault,
  context: FaultContext,
  answer: Answer = refusal(200, "The request was not carried out."),
): Delivery {
  switch (fault.kind) {
    case "reset":
      return { how: "reset" };
    case "hang":
      return { how: "silence" };
    case "brokenOff":
      return { how: "half", answer, ending: "reset" };
    case "stalled":
      return { how: "half", answer, ending: "silence" };
    default:
      return { how: "whole", answer: faultyAnswer(fault, context, answer) };
  }
}

type AnsweredFault = Exclude<Fault, { kind: "reset" | "hang" | "brokenOff" | "stalled" }>;

function faultyAnswer(fault: AnsweredFault, { request, now }: FaultContext, answer: Answer): Answer {
  switch (fault.kind) {
    case "behaviour":
      return answer;
    case "status":
      return httpAnswer(fault, now);
    case "rateLimited":
      return httpAnswer({ status: 429, body: "Too Many Requests", ...fault }, now);
    case "quoted":
      return { ...jsonAnswer(fault.status ?? 200, {}), body: quotingBody(request.fields, fault.as) };
    case "restricted":
      return refused("Restricted", 200, fault.envelope);
    case "refused":
      return refused(fault.message, fault.status ?? 200, fault.envelope);
    case "html":
      return htmlAnswer(200, "Log in");
    case "empty":
      return { status: 200, headers: {}, body: "" };
    case "redirect":
      return { status: fault.status, headers: { Location: fault.location }, body: "" };
    case "truncated":
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
    case "altered":
      return { ...answer, body: JSON.stringify(fault.alter(JSON.parse(answer.body))) };
  }
}

function refused(message: string, status: number, envelope: Envelope = "v2"): Answer {
  if (envelope === "v2") return refusal(status, message);
  return envelope === "legacyJson" ? legacyRefusal(message) : jsonAnswer(status, { success: false, message });
}

function httpAnswer(
  { status, body, headers, retryAfter }: Omit<Extract<Fault, { kind: "status" }>, "kind">,
  now: number,
): Answer {
  const answer = bodyAnswer(status, body);
  const wait = retryAfter === undefined ? {} : { "Retry-After": retryAfterHeader(retryAfter, now) };
  return { ...answer, headers: { ...answer.headers, ...wait, ...headers } };
}

function bodyAnswer(status: number, body: string | Readonly<Record<string, unknown>> | undefined): Answer {
  if (body === undefined) return htmlAnswer(status, `HTTP Error ${status}`);
  if (typeof body !== "string") return jsonAnswer(status, body);
  return { status, headers: { "Content-Type": "text/plain; charset=utf-8" }, body };
}

function retryAfterHeader(retryAfter: RetryAfter, now: number): string {
  if (typeof retryAfter === "number") return String(retryAfter);
  return new Date(now + retryAfter.date * 1000).toUTCString();
}
