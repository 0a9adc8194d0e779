import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { proxyFor } from "../../../http/proxyFor";
import { notThere, seen, unclear } from "../fact";
import type { Facts } from "../facts";

/** The proxy that calls go through. Of its address only the host is told: it may hold a password. */
export function lookAtProxy(origin: URL, setting: string | undefined): Facts["proxy"] {
  if (setting !== undefined && proxyFor(origin, setting, {}) !== undefined)
    return seen({ host: new URL(setting).host, from: "cake:proxy" });
  const fromEnvironment = environmentProxy(origin);
  if (fromEnvironment === undefined) return notThere("calls go straight");
  if (!URL.canParse(fromEnvironment))
    return unclear("the environment names a proxy that is not an http or https URL");
  return seen({ host: new URL(fromEnvironment).host, from: "environment" });
}

// One of a kind that cannot be used is told like one whose address is no URL.
function environmentProxy(origin: URL): string | undefined {
  try {
    return proxyFor(origin, undefined, process.env);
  } catch {
    return "";
  }
}

export async function lookAtAddress(origin: URL, proxy: Facts["proxy"]): Promise<Facts["address"]> {
  if (proxy.kind !== "notThere") return unclear("the proxy looks it up");
  try {
    const found = await lookup(hostOf(origin), { all: true });
    return seen({ addresses: found.map(({ address }) => address) });
  } catch (error) {
    return notThere(`the host name cannot be looked up (${codeOf(error)})`);
  }
}

/** Shakes hands and hangs up. Trusts whom the calls trust: both take it from the environment. */
export async function lookAtTls(
  origin: URL,
  proxy: Facts["proxy"],
  timeoutMs: number,
  now: number,
): Promise<Facts["tls"]> {
  if (origin.protocol !== "https:") return notThere("the address is http, so calls are not encrypted");
  if (proxy.kind !== "notThere")
    return unclear("not looked at through a proxy; every call verifies the certificate");
  const host = hostOf(origin);
  const socket = connect({
    ...{ host, port: Number(origin.port || 443), timeout: timeoutMs },
    ...(isIP(host) === 0 ? { servername: host } : {}),
  });
  try {
    await handshake(socket);
    const validUntil = new Date(socket.getPeerCertificate().valid_to);
    return seen({
      protocol: socket.getProtocol() ?? "TLS",
      validUntil: validUntil.toISOString().slice(0, 10),
      daysLeft: Math.floor((validUntil.getTime() - now) / 86_400_000),
      verified: socket.authorized,
    });
  } catch (error) {
    return notThere(
      `the handshake failed (${codeOf(error)})`,
      socket.authorizationError ? "untrusted" : undefined,
    );
  } finally {
    socket.destroy();
  }
}

function handshake(socket: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("secureConnect", resolve);
    socket.once("error", reject);
    socket.once("timeout", () => reject(Object.assign(new Error(), { code: "ETIMEDOUT" })));
  });
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "no reason given";
}
