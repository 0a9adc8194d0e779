import { onTestFinished } from "vitest";
import { CakeClient, type CakeClientOptions } from "../../../provider/cake/client";
import { CakeError } from "../../../provider/cake/errors";
import { Pace } from "../../../provider/http/pace";
import { redactor } from "../../../provider/http/redact";
import {
  createTransport,
  type HttpOutcome,
  type HttpRequest,
  type Transport,
} from "../../../provider/http/transport";
import type { PostbackDeclaration } from "../../../provider/postback/postback";
import { type InstanceOptions, type SandboxInstance, startSandbox } from "../../../provider/sandbox";
import { FakeClock, Timeline } from "../http/fakeClock";

export const KEY = "key-4711+/'";

export const declaration: PostbackDeclaration = {
  affiliateId: 67890,
  offerId: 12345,
  postbackUrl: "https://tracker.example/postback?cid=#s2#&payout=#price#&token=s3cr3t",
  postbackStatus: "active",
  postbackTypeId: 1,
};

/** One CAKE of its own for a test. */
export async function startCake(options: InstanceOptions = {}): Promise<SandboxInstance> {
  const sandbox = await startSandbox({ instances: { us: { apiKey: KEY, ...options } } });
  onTestFinished(() => sandbox.close());
  return sandbox.instance("us");
}

/** A client that never sleeps, of the CAKE at `origin`. */
export function clientAt(origin: string, options: Partial<CakeClientOptions> = {}) {
  const clock = new FakeClock();
  const client = new CakeClient({
    origin,
    apiKey: KEY,
    paths: {},
    pageSize: 500,
    requestTimeoutMs: 5_000,
    operationTimeoutMs: 60_000,
    transport: createTransport({ connections: 8 }),
    pace: new Pace({ atOnce: 8, perSecond: 1_000 }, clock),
    clock,
    redact: redactor([KEY]),
    ...options,
  });
  return { client, clock };
}

/** What a network makes of a request. */
export type Outcome = HttpOutcome | (() => HttpOutcome | Promise<HttpOutcome>);

/** A network that answers as the test says, one answer after the other; the last one for ever. */
export function scripted(...outcomes: readonly Outcome[]) {
  const sent: HttpRequest[] = [];
  const transport: Transport = {
    send: async (request) => {
      const outcome = outcomes[Math.min(sent.length, outcomes.length - 1)];
      sent.push(request);
      if (outcome === undefined) throw new Error("Nothing is to be sent here.");
      return typeof outcome === "function" ? outcome() : outcome;
    },
  };
  return { transport, sent };
}

export function answer(
  body: unknown,
  { status = 200, retryAfter = null as string | null, date = null as string | null } = {},
): HttpOutcome {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { kind: "answer", status, contentType: "application/json", retryAfter, date, text };
}

export const created = answer({
  request_status: "Success",
  postback: {
    ...{ postback_id: 8801, affiliate_id: 67890, offer_id: 12345 },
    ...{ postback_url: declaration.postbackUrl, postback_type: "Server", postback_status: "active" },
  },
});
export const emptyList = answer({ request_status: "Success", postbacks: [] });
export const unreached: HttpOutcome = { kind: "unreached", what: "the connection was refused" };
export const lost: HttpOutcome = { kind: "lost", what: "the connection was cut" };
export const silent: HttpOutcome = { kind: "lost", what: "no answer within 30 s", silent: true };
export const broken = answer("<html>", { status: 503 });
export const throttled = answer({ request_status: "Failure", message: "Restricted" });
export const keyRefused = answer({ request_status: "Failure", message: "Invalid API Key" });
export const refused = answer({ request_status: "Failure", message: "Invalid offer_id" });

/** The error that a promise ends with. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const thrown = await promise.then(
    () => new Error("It did not fail."),
    (error: unknown) => error,
  );
  return thrown instanceof Error ? thrown : new Error(`Not an Error: ${String(thrown)}`);
}

export interface Crowd {
  /** Calls in flight at once. @default 8 */
  readonly atOnce?: number;
  readonly perSecond?: number;
  readonly operationTimeoutMs?: number;
  readonly clock?: Timeline;
}

/** What a server makes of its nth request, which came at some millisecond of the test. */
export type Server = (nth: number, atMs: number, request: HttpRequest) => HttpOutcome;

/** A client whose calls take 100 ms each, on a server that the test makes up. Run it with `clock.until`. */
export function crowdAt(server: Server, crowd: Crowd = {}) {
  const { atOnce = 8, perSecond = 1_000, operationTimeoutMs = 60_000, clock = new Timeline() } = crowd;
  const sent: HttpRequest[] = [];
  const transport: Transport = {
    send: async (request) => {
      const outcome = server(sent.push(request), clock.elapsed, request);
      await clock.sleep(100);
      return outcome;
    },
  };
  const pace = new Pace({ atOnce, perSecond }, clock);
  const { client } = clientAt("https://cake.example", { transport, pace, clock, operationTimeoutMs });
  return { client, clock, sent };
}

/** What became of each of so many calls that are made at once. */
export function fatesOf(
  count: number,
  call: (index: number) => Promise<unknown>,
): Promise<("done" | CakeError)[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      try {
        await call(index);
        return "done";
      } catch (error) {
        if (error instanceof CakeError) return error;
        throw error;
      }
    }),
  );
}
