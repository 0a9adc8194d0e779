import { isLoopback } from "../../../http/proxyFor";
import { resolveHost } from "../../network/addresses";
import { tryTls } from "../../network/handshake";
import { formatDay } from "../../output/text";
import type { Check, Finding } from "../check";
import type { Context } from "../context";
import { advice, findings } from "../messages";

/** From this machine to a server, before any key is sent. */
export const NETWORK_CHECKS: readonly Check[] = [
  { id: "proxy", title: "Proxy", run: checkProxy },
  { id: "address", title: "Address", run: checkAddress },
  { id: "tls", title: "TLS", run: checkTls },
  { id: "server", title: "Server", run: checkServer },
];

// Only the host of its address is shown: the rest may hold a password.
function checkProxy({ proxy }: Context): Finding {
  if (proxy === undefined) return { found: "none", verdict: "ok" };
  if (proxy.url === undefined) {
    return { found: findings.proxyInvalid, verdict: "problem", advice: advice.proxyUnusable, isLast: true };
  }
  const found = `${proxy.url.host} (${proxy.from})`;
  if (proxy.from === "environment") return { found, verdict: "warning", advice: advice.proxyFromEnvironment };
  const setting = { name: "proxy", value: null, why: "as set now; Pulumi asks for it" } as const;
  return { found, verdict: "ok", settings: [setting] };
}

async function checkAddress({ url, proxy }: Context): Promise<Finding> {
  if (proxy) return { found: "resolved by the proxy", verdict: "unknown" };
  const host = await resolveHost(url);
  return host.ok
    ? { found: host.addresses.join(", "), verdict: "ok" }
    : { found: host.what, verdict: "problem", advice: advice.unknownHost, isLast: true };
}

const FEW_DAYS = 14;
const DAY_MS = 86_400_000;

async function checkTls({ url, proxy, settings, clock, options: { env } }: Context): Promise<Finding> {
  if (url.protocol !== "https:") return withoutTls(url);
  const isCheckOff = env.NODE_TLS_REJECT_UNAUTHORIZED === "0";
  const off = isCheckOff ? ({ verdict: "warning", advice: advice.checksOff } as const) : undefined;
  if (proxy) return { found: "not checked through a proxy", verdict: "unknown", ...off };
  const handshake = await tryTls(url, settings.requestTimeoutMs);
  if (handshake.kind === "unreached")
    return { found: findings.tlsNotTried(handshake.what), verdict: "unknown" };
  if (handshake.kind === "failed") {
    const found = `the TLS handshake failed: ${handshake.what}`;
    return { found, verdict: "problem", advice: advice.noTls, isLast: true };
  }
  const { validFrom, validUntil, untrusted } = handshake.certificate;
  const daysLeft = Math.trunc((validUntil.getTime() - clock.date()) / DAY_MS);
  const validity = `from ${formatDay(validFrom)} until ${formatDay(validUntil)}`;
  const found = findings.tls(handshake.protocol, untrusted ?? "certificate verified", validity, daysLeft);
  if (off) return { found, ...off };
  if (untrusted) return { found, verdict: "problem", advice: advice.untrusted, isLast: true };
  return daysLeft < FEW_DAYS
    ? { found, verdict: "warning", advice: advice.endsSoon }
    : { found, verdict: "ok" };
}

function withoutTls({ hostname }: URL): Finding {
  if (isLoopback(hostname)) return { found: "none; not needed on this machine", verdict: "ok" };
  const setting = { name: "allowInsecureHttp", value: "true", why: "without TLS; https is better" } as const;
  return { found: "none", verdict: "warning", advice: advice.insecureHttp, settings: [setting] };
}

async function checkServer({ missingPath, probe, proxy }: Context): Promise<Finding> {
  const outcome = await missingPath();
  if (outcome.kind === "answer" && probe.wasAnswered)
    return { found: `answered after ${outcome.ms} ms`, verdict: "ok" };
  if (outcome.kind === "answer")
    return { found: "an empty answer to a call without a key", verdict: "unknown" };
  if (outcome.kind === "lost")
    return { found: `${outcome.what}, to a call without a key`, verdict: "unknown" };
  const fix = proxy ? proxyAdvice(outcome.what) : advice.noConnection;
  return { found: `no connection: ${outcome.what}`, verdict: "problem", advice: fix, isLast: true };
}

function proxyAdvice(what: string): string {
  if (what.includes("HTTP_407")) return advice.proxyPassword;
  return what.includes("HTTP_") ? advice.proxyRefused : advice.noConnection;
}
