import type { Redact } from "../http/redact";
import type { HttpOutcome } from "../http/transport";
import { type EndpointName, endpoints } from "./endpoints";
import type { CakeErrorKind } from "./errors";

/** What a call is about, as far as its caller knows it. */
export interface CallSubject {
  /** The hash of the resource's URN. */
  readonly resource?: string | undefined;
  readonly postbackId?: number | undefined;
  readonly affiliateId?: number | undefined;
  readonly offerId?: number | undefined;
}

/** One attempt of a call. It holds neither the key nor a body. */
export interface CallRecord extends CallSubject {
  /** Host and port. */
  readonly instance: string;
  /** Null for a path that belongs to no endpoint. */
  readonly endpoint: EndpointName | null;
  /** Only where it is not the endpoint's usual one. */
  readonly path?: string | undefined;
  readonly method: "GET" | "POST";
  /** 1 for the first sending of a call. */
  readonly attempt: number;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly ms: number;
  /** `answered`: an answer to a call without the key, which is not judged. */
  readonly outcome: "ok" | "answered" | CakeErrorKind;
  /** What came instead of a usable answer, without a secret. */
  readonly what?: string | undefined;
  /** How many rows the answer has. */
  readonly rows?: number | undefined;
}

/** Where attempts are recorded. */
export interface CallLog {
  /** Throws if the log cannot be used: called before anything is sent. */
  open(): void;
  /** Never throws. */
  write(record: CallRecord): void;
}

/** One sending of a call, and how its answer was understood. */
export interface Attempt extends Pick<CallRecord, "endpoint" | "method" | "attempt" | "ms"> {
  readonly origin: string;
  readonly path: string;
  readonly sent: HttpOutcome;
  readonly outcome: CallRecord["outcome"];
  /** What came instead of a usable answer. */
  readonly what: string | undefined;
  readonly redact: Redact;
}

export function recordOf({ origin, path, sent, what, redact, ...known }: Attempt): CallRecord {
  const { endpoint, method, attempt, ms, outcome } = known;
  const isUsual = endpoint !== null && endpoints[endpoint].path === path;
  return {
    instance: new URL(origin).host,
    endpoint,
    ...(isUsual ? {} : { path: redact(path) }),
    method,
    attempt,
    status: sent.kind === "answer" ? sent.status : null,
    ms,
    outcome,
    ...(what === undefined ? {} : { what: redact(what) }),
  };
}
