import { unescape as unescaped } from "node:querystring";
import type { Clock } from "../http/clock";
import { Pace } from "../http/pace";
import { type Redact, redactor } from "../http/redact";
import { createTransport, type Transport } from "../http/transport";
import type { CallLog } from "./callLog";
import { CakeClient, type CakeClientOptions } from "./client";

/** The settings of one instance, as far as its calls depend on them. */
export interface Connection
  extends Pick<
    CakeClientOptions,
    "origin" | "apiKey" | "paths" | "pageSize" | "requestTimeoutMs" | "operationTimeoutMs"
  > {
  readonly proxy: string | undefined;
  readonly concurrency: number;
  readonly callsPerSecond: number;
}

/**
 * A client of the instance that settings name.
 *
 * @param log Records each attempt of each call; undefined where nobody asked for that.
 * @param watch Sees the transport, to count or change what is sent.
 */
export function connect(
  settings: Connection,
  clock: Clock,
  log: CallLog | undefined,
  watch: (transport: Transport) => Transport = (transport) => transport,
): CakeClient {
  const { origin, apiKey, paths, pageSize, requestTimeoutMs, operationTimeoutMs } = settings;
  const { proxy, concurrency, callsPerSecond } = settings;
  return new CakeClient({
    origin,
    apiKey,
    paths,
    pageSize,
    requestTimeoutMs,
    operationTimeoutMs,
    clock,
    transport: watch(createTransport({ proxy, connections: concurrency })),
    pace: new Pace({ atOnce: concurrency, perSecond: callsPerSecond }, clock),
    redact: connectionRedactor(settings),
    log,
  });
}

/** Takes the API key and the proxy's password out of a text. */
export function connectionRedactor({
  apiKey,
  proxy,
}: {
  apiKey: string | undefined;
  proxy: string | undefined;
}): Redact {
  const password = proxy === undefined ? "" : new URL(proxy).password;
  return redactor([apiKey, proxy, password, unescaped(password)]);
}
