import { hasProxy } from "../../../http/proxyFor";
import { isPublicAddress } from "../../../postback/reading/hosts";
import type { Environment } from "../../input/instance";
import type { Handshake } from "../../network/handshake";
import type { Resolution } from "../../network/names";
import { formatDay, plural } from "../../output/text";
import { ALL_CONDITIONS, type HostCondition } from "../conditions";

/** The network as this machine sees it. */
export interface Network {
  resolve(name: string): Promise<Resolution>;
  shakeHands(origin: URL, addresses: readonly string[]): Promise<Handshake>;
}

/** What the check of a host found. */
export interface HostCheck {
  /** The most urgent first; empty where nothing is wrong. */
  readonly is: readonly HostCondition[];
  readonly found: string;
  readonly validUntil?: Date;
  readonly daysLeft?: number;
  /** Why nothing could be judged that another machine or more time would show. */
  readonly gap?: Gap;
}

/** `dns`: this machine sees no public names. `proxy`: its calls go through a proxy. `time`: the time was over. */
export type Gap = "dns" | "proxy" | "time";

/** Checks one host: its name, and for https its certificate. Nothing is sent to it beyond the TLS handshake. */
export async function checkHost(
  origin: URL,
  network: Network,
  env: Environment,
  now: Date,
): Promise<HostCheck> {
  const name = await network.resolve(origin.hostname);
  if (name.kind !== "found") return { ...WITHOUT_ADDRESS[name.kind], found: name.what };
  const check =
    origin.protocol === "http:"
      ? { is: [], found: "http has no TLS, so only the name was checked" }
      : await checkTls(origin, name.addresses, network, env, now);
  if (name.addresses.some(isPublicAddress)) return check;
  const holds = new Set<string>([...check.is, "privateHost"]);
  return {
    ...check,
    is: ALL_CONDITIONS.filter((one): one is HostCondition => holds.has(one)),
    found: `${check.found}; its addresses are private`,
  };
}

const WITHOUT_ADDRESS: Readonly<Record<Exclude<Resolution["kind"], "found">, Pick<HostCheck, "is" | "gap">>> =
  {
    missing: { is: ["lostHost"] },
    local: { is: ["privateHost"] },
    unanswered: { is: ["unreachedHost"] },
    blind: { is: ["uncheckedHost"], gap: "dns" },
  };

async function checkTls(
  origin: URL,
  addresses: readonly string[],
  network: Network,
  env: Environment,
  now: Date,
): Promise<HostCheck> {
  if (hasProxy(origin, env))
    return {
      is: ["uncheckedHost"],
      found: "TLS is not checked through a proxy",
      gap: "proxy",
    };
  const handshake = await network.shakeHands(origin, addresses);
  if (handshake.kind === "done") return judge(handshake.certificate, now);
  if (handshake.kind === "unreached")
    return { is: ["unreachedHost"], found: `no connection: ${handshake.what}` };
  return {
    is: [handshake.isNoTls ? "noCertificate" : "unreachedHost"],
    found: `no TLS handshake: ${handshake.what}`,
  };
}

const FEW_DAYS = 30;
const DAY_MS = 86_400_000;

function judge(
  { validFrom, validUntil, untrusted }: Extract<Handshake, { kind: "done" }>["certificate"],
  now: Date,
): HostCheck {
  const daysLeft = Math.floor((validUntil.getTime() - now.getTime()) / DAY_MS);
  const [from, until] = [validFrom, validUntil].map(formatDay);
  const dates = { validUntil, daysLeft };
  if (untrusted !== undefined)
    return { is: ["badCertificate"], found: `${untrusted}, valid from ${from} until ${until}`, ...dates };
  return {
    is: daysLeft < FEW_DAYS ? ["expiringCertificate"] : [],
    found: `certificate valid until ${until}, ${plural(daysLeft, "day")} left`,
    ...dates,
  };
}
