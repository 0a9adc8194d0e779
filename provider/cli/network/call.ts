import { lookup } from "node:dns";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { unescape as unescaped } from "node:querystring";
import { pipeline } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { failureOf, isTlsError, placeOf } from "../../http/transport";
import { userAgent } from "../../manifest";
import { isPublicAddress } from "../../postback/reading/hosts";
import { bareHost } from "./addresses";

/** One GET request to a host that is not CAKE. */
export interface Call {
  /** Scheme, user, host and port. */
  readonly origin: URL;
  /** Path and query, byte for byte. */
  readonly target: string;
  /** How long the whole exchange may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether the host may be on this machine or in its network. */
  readonly allowPrivate: boolean;
}

/**
 * What came of a call.
 * - `private`: the address is not a public one, so no connection was made.
 * - `untrusted`, `unreached`: no request was sent.
 * - `lost`: the request may have been acted on.
 */
export type CallOutcome =
  | Answer
  | { readonly kind: "private"; readonly address: string }
  | { readonly kind: "untrusted" | "unreached" | "lost"; readonly what: string };

interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly contentType: string;
  /** Where a redirect points, without its query. */
  readonly redirectsTo: string | undefined;
  /** The beginning of the body, without its compression. */
  readonly body: Buffer;
  /** Whether the body ended there. */
  readonly isComplete: boolean;
}

const MAX_BODY_BYTES = 64 * 1024;
const PRIVATE = "PRIVATE_ADDRESS";
/** How long one address of several may take to connect. Node.js gives it a quarter of a second. */
const CONNECT_MS = 5_000;

/**
 * Sends one request, directly: a proxy would resolve the name again. It follows no redirect, verifies TLS whatever the
 * environment says, reads the beginning of the answer and hangs up.
 */
export async function callOnce(call: Call): Promise<CallOutcome> {
  const { origin, timeoutMs, allowPrivate } = call;
  if (!allowPrivate && isPrivateHost(origin)) return { kind: "private", address: bareHost(origin.hostname) };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await answerOf(await responseTo(call, signal), origin);
  } catch (error) {
    const { code, address } = error as { code?: string; address?: string };
    if (code === PRIVATE && address !== undefined) return { kind: "private", address };
    const { kind, what } = failureOf(error, timeoutMs);
    return { kind: isTlsError(error) ? "untrusted" : kind, what };
  }
}

/** Whether the host of a URL is an address that is not public. What a name stands for shows only a call. */
export function isPrivateHost({ hostname }: URL): boolean {
  const host = bareHost(hostname);
  return isIP(host) !== 0 && !isPublicAddress(host);
}

function responseTo({ origin, target, allowPrivate }: Call, signal: AbortSignal): Promise<IncomingMessage> {
  const { protocol, hostname, port, username, password } = origin;
  const request = protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request({
      ...{ method: "GET", protocol, host: bareHost(hostname), port, path: target, signal },
      ...(username === "" && password === ""
        ? {}
        : { auth: `${unescaped(username)}:${unescaped(password)}` }),
      headers: { accept: "*/*", "user-agent": userAgent() },
      // An agent of its own: nothing of the environment decides where it connects to, and nothing is kept open.
      agent: false,
      lookup: checkedLookup(allowPrivate),
      ...{ autoSelectFamilyAttemptTimeout: CONNECT_MS },
      rejectUnauthorized: true,
    });
    sent.once("response", resolve);
    sent.on("error", reject);
    sent.end();
  });
}

/** Resolves as a socket asks for it, so that the connection goes to the addresses that were checked. */
function checkedLookup(allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error !== null || first === undefined) return callback(error, []);
      const refused = allowPrivate ? undefined : found.find(({ address }) => !isPublicAddress(address));
      if (refused !== undefined)
        return callback(Object.assign(new Error(), { code: PRIVATE, address: refused.address }), []);
      return options.all ? callback(null, found) : callback(null, first.address, first.family);
    });
}

async function answerOf(response: IncomingMessage, origin: URL): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  return {
    ...{ kind: "answer", status, contentType: headers["content-type"] ?? "" },
    redirectsTo: status >= 300 && status < 400 ? placeOf(headers.location, origin) : undefined,
    ...(await beginningOf(response, headers["content-encoding"])),
  };
}

/** What of the body comes in time, and no more than its beginning. */
async function beginningOf(
  response: IncomingMessage,
  encoding: string | undefined,
): Promise<Pick<Answer, "body" | "isComplete">> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isComplete = true;
  try {
    for await (const chunk of decoded(response, encoding) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size < MAX_BODY_BYTES) continue;
      isComplete = size === MAX_BODY_BYTES && response.readableEnded;
      break;
    }
  } catch {
    // The status is an answer, whatever happened to the body.
    isComplete = false;
  } finally {
    response.destroy();
  }
  return { body: Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES), isComplete };
}

const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

// No encoding was asked for, and some servers compress all the same.
function decoded(response: IncomingMessage, encoding: string | undefined): NodeJS.ReadableStream {
  const decoder = DECODERS[encoding?.trim().toLowerCase() ?? ""]?.();
  if (decoder === undefined) return response;
  pipeline(response, decoder, () => {});
  return decoder;
}
