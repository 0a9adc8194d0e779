import { isLoopback } from "../../../http/proxyFor";
import { resolveHost } from "../../network/addresses";
import { shakeHands } from "../../network/handshake";
import type { Check, Finding } from "../check";
import type { Context } from "../context";
import { ADVICE } from "../messages";

/** From this machine to a server, before any key is sent. */
export const NETWORK_CHECKS: readonly Check[] = [
  { id: "proxy", title: "Proxy", look: lookAtProxy },
  { id: "address", title: "Address", look: lookAtAddress },
  { id: "tls", title: "TLS", look: lookAtTls },
  { id: "server", title: "Server", look: lookAtServer },
];

// Of its address only the host is shown: it may hold a password.
function lookAtProxy({ proxy }: Context): Finding {
  if (proxy === undefined) return { found: "none", verdict: "ok" };
  if (proxy.url === undefined) {
    const found = "the environment names one that is not an http or https URL";
    return { found, verdict: "problem", advice: ADVICE.proxyUnusable, isEnd: true };
  }
  const found = `${proxy.url.host} (${proxy.from})`;
  if (proxy.from === "environment") return { found, verdict: "warning", advice: ADVICE.proxyFromEnvironment };
  const setting = { name: "proxy", value: null, why: "as it is set now; it is asked for" } as const;
  return { found, verdict: "ok", settings: [setting] };
}

async function lookAtAddress({ url, proxy }: Context): Promise<Finding> {
  if (proxy) return { found: "the proxy resolves the name", verdict: "unknown" };
  const host = await resolveHost(url);
  return host.ok
    ? { found: host.addresses.join(", "), verdict: "ok" }
    : { found: host.what, verdict: "problem", advice: ADVICE.unknownHost, isEnd: true };
}

const FEW_DAYS = 14;
const DAY_MS = 86_400_000;

async function lookAtTls({ url, proxy, settings, clock, env }: Context): Promise<Finding> {
  if (url.protocol !== "https:") return withoutTls(url);
  const isCheckOff = env.NODE_TLS_REJECT_UNAUTHORIZED === "0";
  const off = isCheckOff ? ({ verdict: "warning", advice: ADVICE.checksOff } as const) : undefined;
  if (proxy) return { found: "not checked through a proxy", verdict: "unknown", ...off };
  const shaken = await shakeHands(url, settings.requestTimeoutMs);
  if (shaken.kind === "unreached")
    return { found: `not tried, for lack of a connection: ${shaken.what}`, verdict: "unknown" };
  if (shaken.kind === "failed") {
    const found = `the handshake failed: ${shaken.what}`;
    return { found, verdict: "problem", advice: ADVICE.noTls, isEnd: true };
  }
  const { validFrom, validUntil, distrust } = shaken.certificate;
  const daysLeft = Math.trunc((validUntil.getTime() - clock.date()) / DAY_MS);
  const found = `${shaken.protocol}, ${distrust ?? "certificate verified"}, valid from ${dayOf(validFrom)} until ${dayOf(validUntil)} (days left: ${daysLeft})`;
  if (off) return { found, ...off };
  if (distrust) return { found, verdict: "problem", advice: ADVICE.untrusted, isEnd: true };
  return daysLeft < FEW_DAYS
    ? { found, verdict: "warning", advice: ADVICE.endsSoon }
    : { found, verdict: "ok" };
}

function withoutTls({ hostname }: URL): Finding {
  if (isLoopback(hostname)) return { found: "none, and none is needed on this machine", verdict: "ok" };
  const setting = { name: "allowInsecureHttp", value: "true", why: "without TLS; https is better" } as const;
  return { found: "none", verdict: "warning", advice: ADVICE.insecureHttp, settings: [setting] };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

async function lookAtServer({ nowhere, probe, proxy }: Context): Promise<Finding> {
  const outcome = await nowhere();
  if (outcome.kind === "answer" && probe.wasAnswered)
    return { found: `answers, the first time after ${outcome.ms} ms`, verdict: "ok" };
  if (outcome.kind === "answer")
    return { found: "an empty answer, to a call without a key", verdict: "unknown" };
  if (outcome.kind === "lost")
    return { found: `${outcome.what}, to a call without a key`, verdict: "unknown" };
  const advice = proxy ? proxyAdvice(outcome.what) : ADVICE.noConnection;
  return { found: `no connection: ${outcome.what}`, verdict: "problem", advice, isEnd: true };
}

function proxyAdvice(what: string): string {
  if (what.includes("HTTP_407")) return ADVICE.proxyPassword;
  return what.includes("HTTP_") ? ADVICE.proxyRefused : ADVICE.noConnection;
}
