import { createTransport, type HttpOutcome } from "../../http/transport";

export interface CallOptions {
  readonly timeoutMs: number;
  /** The proxy to use. Default: what the environment says. */
  readonly proxy?: string | undefined;
}

/** One GET without a key. No redirect is followed, and time and size of the answer are bounded. Never throws. */
export function callOnce(url: URL, { timeoutMs, proxy }: CallOptions): Promise<HttpOutcome> {
  return createTransport({ proxy, connections: 1 }).send({ method: "GET", url, timeoutMs });
}
