import { type Answer, type Delivery, htmlAnswer, jsonAnswer, legacyRefusal, refusal } from "./answer";
import type { Operation, RecordedRequest } from "./requests";

/** Whether a fault strikes before the request has had its effect, or after it. */
export type FaultPoint = "before" | "after";

/** How a refusal is put: as v2 does, as legacy endpoints do, or as those do when they are asked for JSON (inside `d`). */
export type Envelope = "v2" | "legacy" | "legacyJson";

/** How one request goes wrong. Where `when` is left out, the request has no effect. */
export type Fault =
  /** An HTTP error, by default with an HTML page as web servers send it. `retryAfter` in seconds. */
  | { kind: "status"; status: number; body?: string; retryAfter?: number | "date"; when?: FaultPoint }
  /** HTTP 429; `retryAfter` in seconds, or `"date"` for the other form of the header, some two seconds ahead. */
  | { kind: "rateLimited"; retryAfter?: number | "date"; when?: FaultPoint }
  /** CAKE's throttle: HTTP 200 with the message `Restricted`. @default envelope "v2" */
  | { kind: "restricted"; envelope?: Envelope; when?: FaultPoint }
  /** CAKE's refusal with a message of yours, by default with HTTP 200 and in the envelope of v2. */
  | { kind: "refused"; message: string; status?: number; envelope?: Envelope; when?: FaultPoint }
  /** A web page at HTTP 200, as a login page or a proxy sends it. */
  | { kind: "html"; when?: FaultPoint }
  /** HTTP 200 without a body. */
  | { kind: "empty"; when?: FaultPoint }
  | { kind: "redirect"; status: 301 | 302 | 303 | 307 | 308; location: string; when?: FaultPoint }
  /** A whole HTTP answer whose JSON stops in the middle. @default when "after" */
  | { kind: "truncated"; when?: FaultPoint }
  /** The answer breaks off: half of the promised bytes, then a reset. @default when "after" */
  | { kind: "brokenOff"; when?: FaultPoint }
  /** Half of the promised bytes, then silence. @default when "after" */
  | { kind: "stalled"; when?: FaultPoint }
  /** The connection is reset before any answer. */
  | { kind: "reset"; when?: FaultPoint }
  /** No answer ever comes. */
  | { kind: "hang"; when?: FaultPoint }
  /** A good answer in front of so many bytes of blanks. @default when "after" */
  | { kind: "oversized"; bytes: number; when?: FaultPoint }
  /** The JSON of the true answer, changed by you; always after the effect. */
  | { kind: "altered"; alter: (answer: unknown) => unknown };

export type FaultKind = Fault["kind"];

/** Which requests go wrong, and how. */
export interface FaultPlan {
  /** The endpoint; `"any"` is every one. */
  on: Operation | "any";
  fault: Fault;
  /** How many requests go wrong. @default 1 */
  times?: number;
  /** How many matching requests go well before that. @default 0 */
  after?: number;
  /** Only requests for which this says yes, such as those of one affiliate. @default every request */
  where?: (request: RecordedRequest) => boolean;
}

/** The faults that are still to come. */
export class FaultQueue {
  #queue: { plan: FaultPlan; toPass: number; left: number }[] = [];

  add(plan: FaultPlan): void {
    this.#queue.push({ plan, toPass: plan.after ?? 0, left: plan.times ?? 1 });
  }

  clear(): void {
    this.#queue = [];
  }

  /** The fault that this request meets. Each plan counts the requests that match it and met no earlier plan. */
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

const AFTER_BY_DEFAULT: ReadonlySet<FaultKind> = new Set(["truncated", "brokenOff", "stalled", "oversized"]);

export function faultPointOf(fault: Fault): FaultPoint {
  if (fault.kind === "altered") return "after";
  return fault.when ?? (AFTER_BY_DEFAULT.has(fault.kind) ? "after" : "before");
}

/** What the caller gets instead of `answer`, which a request without effect never had. */
export function spoil(
  fault: Fault,
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
      return { how: "whole", answer: spoiled(fault, answer) };
  }
}

type AnsweredFault = Exclude<Fault, { kind: "reset" | "hang" | "brokenOff" | "stalled" }>;

function spoiled(fault: AnsweredFault, answer: Answer): Answer {
  switch (fault.kind) {
    case "status":
      return httpError(fault.status, fault.body, fault.retryAfter);
    case "rateLimited":
      return httpError(429, "Too Many Requests", fault.retryAfter);
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
    case "oversized":
      return { ...answer, body: answer.body + " ".repeat(fault.bytes) };
    case "altered":
      return { ...answer, body: JSON.stringify(fault.alter(JSON.parse(answer.body))) };
  }
}

function refused(message: string, status: number, envelope: Envelope = "v2"): Answer {
  if (envelope === "v2") return refusal(status, message);
  return envelope === "legacyJson" ? legacyRefusal(message) : jsonAnswer(status, { success: false, message });
}

function httpError(
  status: number,
  body: string | undefined,
  retryAfter: number | "date" | undefined,
): Answer {
  const page = body === undefined ? htmlAnswer(status, `HTTP Error ${status}`) : textAnswer(status, body);
  if (retryAfter === undefined) return page;
  return { ...page, headers: { ...page.headers, "Retry-After": retryAfterHeader(retryAfter) } };
}

function textAnswer(status: number, body: string): Answer {
  return { status, headers: { "Content-Type": "text/plain; charset=utf-8" }, body };
}

// The date has whole seconds: anything nearer than two of them could lie in the past on arrival.
function retryAfterHeader(retryAfter: number | "date"): string {
  return retryAfter === "date" ? new Date(Date.now() + 2000).toUTCString() : String(retryAfter);
}
