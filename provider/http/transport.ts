import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Response } from "node-fetch" with { "resolution-mode": "import" };
import { userAgent } from "../manifest";
import { PROXY_ERROR, proxyAgent } from "./proxy";
import { proxyFor, SCHEME_ERROR } from "./proxyFor";

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  /** A JSON text. */
  readonly body?: string | undefined;
  /** How long the whole exchange may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** The server answered with a whole HTTP message, whatever it says. Redirects are answers: none is followed. */
export interface HttpAnswer {
  readonly kind: "answer";
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | null;
  /** The server's clock: its `Date` header. */
  readonly date: string | null;
  /** Where a redirect points, without a query: it may repeat a key. */
  readonly redirectsTo?: string | undefined;
  readonly text: string;
}

/**
 * No whole answer came.
 * - `unreached`: no connection was made (refused, DNS, TLS, proxy), so the server did nothing.
 * - `lost`: the request may have been acted on.
 */
export interface HttpFailure {
  readonly kind: "unreached" | "lost";
  /** What happened, in a few words that hold neither URL nor key. */
  readonly what: string;
  /** Time was over, and not even the beginning of an answer had come. */
  readonly silent?: true;
}

export type HttpOutcome = HttpAnswer | HttpFailure;

export interface Transport {
  send(request: HttpRequest): Promise<HttpOutcome>;
}

export interface TransportOptions {
  /** The proxy to use. Default: what `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say. */
  readonly proxy?: string | undefined;
  /** Connections kept open at once. */
  readonly connections: number;
}

// A page of 500 postbacks is some 200 kB; more than this is not an answer but a mistake.
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Sends one request and says how it went. Never throws for what the network or the server does. */
export function createTransport({ proxy, connections }: TransportOptions): Transport {
  const agentFor = agents(proxy, connections);
  const sender = userAgent();
  return {
    async send({ method, url, body, timeoutMs }) {
      // node-fetch is an ES module, and only those who call CAKE should pay for loading it.
      const { default: fetch } = await import("node-fetch");
      let response: Response | undefined;
      try {
        response = await fetch(url, {
          method,
          body: body ?? null,
          headers: {
            accept: "application/json",
            "user-agent": sender,
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
          // A 307 would hand the key to another host, and a 302 would turn a POST into a GET.
          redirect: "manual",
          size: MAX_ANSWER_BYTES,
          agent: await agentFor(url),
          signal: AbortSignal.timeout(timeoutMs),
        });
        return await answerOf(response, url);
      } catch (error) {
        const failure = failureOf(error, timeoutMs);
        return isTimeout(error) && response === undefined ? { ...failure, silent: true } : failure;
      }
    },
  };
}

async function answerOf(response: Response, url: URL): Promise<HttpAnswer> {
  return {
    kind: "answer",
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    retryAfter: response.headers.get("retry-after"),
    date: response.headers.get("date"),
    redirectsTo: placeOf(response.headers.get("location"), url),
    text: await response.text(),
  };
}

const MAX_SHOWN_PATH = 100;

/** Where a redirect points: its origin and its path, because a query may repeat a secret. */
export function placeOf(location: string | null | undefined, url: URL): string | undefined {
  if (!location || !URL.canParse(location, url.href)) return undefined;
  const { protocol, host, pathname } = new URL(location, url);
  return `${protocol}//${host}${pathname.length > MAX_SHOWN_PATH ? "/…" : pathname}`;
}

function agents(proxy: string | undefined, connections: number) {
  const options = { keepAlive: true, maxSockets: connections };
  const direct = { "http:": new HttpAgent(options), "https:": new HttpsAgent(options) };
  const throughProxy = new Map<string, Promise<HttpAgent>>();
  return async (url: URL): Promise<HttpAgent> => {
    const through = proxyFor(url, proxy, process.env);
    if (through === undefined) return url.protocol === "http:" ? direct["http:"] : direct["https:"];
    const agent = throughProxy.get(through) ?? proxyAgent(through, options);
    throughProxy.set(through, agent);
    return agent;
  };
}

// With these nothing was sent: there was no address, no connection, or no trust to send it over.
const UNREACHED: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ENOTFOUND: "the host name is unknown",
  EAI_AGAIN: "the host name could not be resolved",
  EHOSTUNREACH: "there is no route to the host",
  ENETUNREACH: "there is no route to the network",
  ERR_INVALID_URL: "the proxy's address is not a URL",
  [SCHEME_ERROR]: "the environment's proxy is not an http or https proxy",
  EPROTO: "the other end does not speak TLS",
  ERR_SSL_WRONG_VERSION_NUMBER: "the other end does not speak TLS",
  CERT_HAS_EXPIRED: "the TLS certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the TLS certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "the TLS certificate chain is self-signed",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the TLS certificate cannot be verified",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the issuer of the TLS certificate is unknown",
  ERR_TLS_CERT_ALTNAME_INVALID: "the TLS certificate is for another host",
};

// TLS has more codes than there are words for.
const UNTRUSTED = /CERT|SELF_SIGNED|^UNABLE_TO_|^ERR_(?:SSL|TLS)_|^EPROTO$/;

const LOST: Readonly<Record<string, string>> = {
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  ERR_STREAM_PREMATURE_CLOSE: "the answer was cut short",
  HPE_HEADER_OVERFLOW: "the headers of the answer are too long",
};

/** What a request failed of, by its error. */
export function failureOf(error: unknown, timeoutMs: number): HttpFailure {
  const { name, type, code } = error as { name?: string; type?: string; code?: string };
  if (isTimeout(error)) return { kind: "lost", what: `no answer within ${timeoutMs / 1000} s` };
  if (type === "max-size")
    return { kind: "lost", what: `the answer is larger than ${MAX_ANSWER_BYTES} bytes` };
  if (code?.startsWith(PROXY_ERROR)) {
    return { kind: "unreached", what: `the proxy did not let the request through (${code})` };
  }
  const unreached = unreachedText(code);
  if (unreached) return { kind: "unreached", what: unreached };
  if (code?.startsWith("HPE_") && LOST[code] === undefined)
    return { kind: "lost", what: `the answer is not HTTP (${code})` };
  const lost = code === undefined ? undefined : LOST[code];
  return {
    kind: "lost",
    what: lost ? `${lost} (${code})` : `the request failed (${code ?? name ?? "no reason given"})`,
  };
}

/** Why nothing was sent, by the code of the error; undefined for a code that does not say that. */
export function unreachedText(code: string | undefined): string | undefined {
  const reason = code === undefined ? undefined : UNREACHED[code];
  return reason && `${reason} (${code})`;
}

/** Whether an error is about TLS: there was a server, but no connection that can be trusted. */
export function isTlsError(error: unknown): boolean {
  return error instanceof Error && "code" in error && UNTRUSTED.test(String(error.code));
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
}
