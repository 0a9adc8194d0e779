import type { Environment } from "../../input/instance";
import { tryTls } from "../../network/handshake";
import { openNames } from "../../network/names";
import { plural } from "../../output/text";
import { hostGaps } from "../messages";
import { checkHost, type Gap, type HostCheck, type Network } from "./checkHost";

/** Checks each of the hosts. */
export type CheckHosts = (origins: readonly URL[]) => Promise<HostChecks>;

/** What was found, by the origin of each host. */
export type HostChecks = ReadonlyMap<string, HostCheck>;

export interface CheckLimits {
  /** Hosts that are checked at once. */
  readonly atOnce: number;
  /** After so many milliseconds no further host is checked. */
  readonly allMs: number;
}

const USUAL_LIMITS: CheckLimits = { atOnce: 16, allMs: 300_000 };
const HANDSHAKE_MS = 10_000;

/** Checks hosts from this machine, each once. */
export async function checkFromHere(
  origins: readonly URL[],
  env: Environment,
  onDone: (done: number, all: number) => void,
): Promise<HostChecks> {
  const names = openNames();
  const network: Network = {
    resolve: names.resolve,
    shakeHands: (origin, addresses) => tryTls(origin, HANDSHAKE_MS, addresses),
  };
  try {
    return await checkAll(origins, (origin) => checkHost(origin, network, env, new Date()), onDone);
  } finally {
    names.close();
  }
}

/** Checks several hosts at once, as far as the time allows. */
export async function checkAll(
  origins: readonly URL[],
  check: (origin: URL) => Promise<HostCheck>,
  onDone: (done: number, all: number) => void,
  { atOnce, allMs }: CheckLimits = USUAL_LIMITS,
): Promise<HostChecks> {
  const checks = new Map<string, HostCheck>();
  const end = performance.now() + allMs;
  const waiting = origins.values();
  const work = async () => {
    for (const origin of waiting) {
      const isOver = performance.now() >= end;
      checks.set(origin.origin, isOver ? NOT_IN_TIME : await check(origin));
      onDone(checks.size, origins.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return checks;
}

const NOT_IN_TIME: HostCheck = { is: ["uncheckedHost"], found: "not checked in time", gap: "time" };

/** Why hosts were not judged, and how many of them. */
export function gapsIn(checks: Iterable<HostCheck>): string[] {
  const found = [...checks].flatMap(({ gap }) => gap ?? []);
  return (Object.keys(hostGaps) as Gap[]).flatMap((gap) => {
    const count = found.filter((one) => one === gap).length;
    return count === 0 ? [] : [`${plural(count, "host")}: ${hostGaps[gap]}`];
  });
}
