import { isIP, type LookupFunction } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { unreachedText } from "../../http/transport";
import { bareHost } from "./addresses";

/**
 * What came of a TLS handshake.
 * - `done`: both ends agreed, whether or not the certificate is to be trusted.
 * - `failed`: there was a connection, but no agreement; `isNoTls` if the other end answered something else.
 * - `unreached`: there was no connection, so TLS was never tried.
 */
export type Handshake =
  | { readonly kind: "done"; readonly protocol: string; readonly certificate: Certificate }
  | { readonly kind: "failed"; readonly what: string; readonly isNoTls: boolean }
  | { readonly kind: "unreached"; readonly what: string };

interface Certificate {
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** Why no call would trust it; undefined where it is trusted and made for this host. */
  readonly untrusted: string | undefined;
}

/**
 * Shakes hands with the host of an https URL and hangs up; nothing is sent. It trusts whom calls from this process trust,
 * but also looks at a certificate that it does not trust, to tell why.
 *
 * @param addresses What the host stands for. @default what this machine says
 */
export async function tryTls(
  { hostname, port }: URL,
  timeoutMs: number,
  addresses?: readonly string[],
): Promise<Handshake> {
  const host = bareHost(hostname);
  const socket = connect({
    host,
    port: Number(port || 443),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(addresses === undefined
      ? {}
      : { lookup: giving(addresses), autoSelectFamilyAttemptTimeout: ATTEMPT_MS }),
    // Otherwise an untrusted certificate would be gone before its dates could be read.
    rejectUnauthorized: false,
  });
  let isConnected = false;
  socket.once("connect", () => {
    isConnected = true;
  });
  try {
    await secured(socket, timeoutMs);
    return { kind: "done", protocol: socket.getProtocol() ?? "TLS", certificate: certificateOf(socket) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = failureText(code, timeoutMs);
    return isConnected
      ? { kind: "failed", what, isNoTls: /^(?:EPROTO$|ERR_SSL_)/.test(code ?? "") }
      : { kind: "unreached", what };
  } finally {
    socket.destroy();
  }
}

const TIMEOUT = "TIMEOUT";
const NO_DATES = "CERT_DATES";
const LOST: Readonly<Record<string, string>> = {
  ECONNRESET: "the connection was cut",
  ETIMEDOUT: "no connection in time",
  [NO_DATES]: "the dates of the certificate cannot be read",
};

function failureText(code: string | undefined, timeoutMs: number): string {
  if (code === TIMEOUT) return `no answer within ${timeoutMs / 1000} s`;
  const lost = LOST[code ?? ""] ?? "the connection failed";
  return unreachedText(code) ?? `${lost} (${code ?? "unknown"})`;
}

// Node's own 250 ms are too short for a host on another continent.
const ATTEMPT_MS = 2_000;

function giving(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_, { all: isAll }, done) => {
    const [{ address, family } = { address: "", family: 4 }] = all;
    if (isAll) done(null, all);
    else done(null, address, family);
  };
}

function secured(socket: TLSSocket, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Error(), { code: TIMEOUT })), timeoutMs);
    socket.once("close", () => clearTimeout(timer));
    socket.once("secureConnect", resolve);
    socket.on("error", reject);
    // Without an error, too: whoever hangs up politely did not shake hands.
    socket.once("end", () => reject(Object.assign(new Error(), { code: "ECONNRESET" })));
  });
}

function certificateOf(socket: TLSSocket): Certificate {
  const { valid_from, valid_to } = socket.getPeerCertificate();
  const [validFrom, validUntil] = [new Date(valid_from), new Date(valid_to)];
  if (!Number.isFinite(validFrom.getTime() + validUntil.getTime()))
    throw Object.assign(new Error(), { code: NO_DATES });
  // Typed as an error, and in truth the code of one.
  const code = socket.authorized ? undefined : String(socket.authorizationError);
  return {
    validFrom,
    validUntil,
    untrusted: code && (unreachedText(code) ?? `the TLS certificate cannot be verified (${code})`),
  };
}
