import { onTestFinished } from "vitest";
import { readSources, type SourceOptions } from "../../../../../provider/cli/input/live/read";
import type { Source } from "../../../../../provider/cli/input/live/source";
import type { Postback } from "../../../../../provider/postback/postback";
import { type InstanceOptions, type SandboxInstance, startSandbox } from "../../../../../provider/sandbox";
import { FakeClock } from "../../../http/fakeClock";
import { URL } from "../../inventory/support";

export const [US_KEY, EU_KEY] = ["key-canary-us-4711", "key-canary-eu-4711"];

/** Two CAKEs for one test, each with a key that must turn up nowhere. */
export async function start(us: InstanceOptions = {}, eu: InstanceOptions = {}) {
  const sandbox = await startSandbox({
    instances: { us: { apiKey: US_KEY, ...us }, eu: { apiKey: EU_KEY, ...eu } },
  });
  onTestFinished(() => sandbox.close());
  return { us: sandbox.instance("us"), eu: sandbox.instance("eu") };
}

/** Postbacks that no rule minds. */
export function rowsOf(count: number): Postback[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ postbackId: index + 1, affiliateId: 1, offerId: index + 1, postbackUrl: URL },
    ...{ postbackStatus: "active", postbackType: "Server" },
  }));
}

/** Reads as the command does, on a clock that waits for nothing. */
export const read = async (
  options: Partial<SourceOptions>,
  env: Record<string, string>,
): Promise<readonly Source[]> =>
  (await readSources({ kind: "list", domain: undefined, ...options }, env, new FakeClock())).sources;
export const KEYS = { CAKE_API_KEY: US_KEY, CAKE_EU_API_KEY: EU_KEY };

/** Calls by what they were, and whether CAKE took their key. */
export function callsOf({ requests }: SandboxInstance): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, operation, requestStatus } of requests) {
    const call = `${method} ${operation} ${requestStatus}`;
    counts[call] = (counts[call] ?? 0) + 1;
  }
  return counts;
}
