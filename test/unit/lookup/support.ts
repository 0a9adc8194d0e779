import { onTestFinished } from "vitest";
import type { Postback } from "../../../provider/postback/postback";
import { type InstanceOptions, type SandboxInstance, startSandbox } from "../../../provider/sandbox";

export const URL_OF = "https://track.acme.example/postback?cid=#s2#";

export function row(postbackId: number, changes: Partial<Postback> = {}): Postback {
  return {
    ...{ postbackId, affiliateId: 4, offerId: 7, postbackUrl: URL_OF },
    ...{ postbackStatus: "active", postbackType: "Server" },
    ...changes,
  };
}

/** Ten affiliates, three offers, two hosts, and each fifth of them switched off. */
export function rowsOf(count: number): Postback[] {
  return Array.from({ length: count }, (_, index) =>
    row(7000 + index, {
      ...{ affiliateId: 100 + (index % 10), offerId: index % 3 },
      postbackUrl: index % 2 === 0 ? URL_OF : `https://Other.example:8443/pb?a=${index}`,
      postbackStatus: index % 5 === 0 ? "inactive" : "active",
    }),
  );
}

/** A CAKE for one test. */
export async function openCake(
  postbacks: InstanceOptions["postbacks"] = [],
  apiKey?: string,
): Promise<SandboxInstance> {
  const cake = apiKey === undefined ? { postbacks } : { postbacks, apiKey };
  const sandbox = await startSandbox({ instances: { cake } });
  onTestFinished(() => sandbox.close());
  return sandbox.instance();
}

/** The settings of a stack that is set to a CAKE. */
export function settingsOf({ url, apiKey }: SandboxInstance): Record<string, string> {
  return { "cake:domain": url, "cake:apiKey": apiKey };
}

/** What CAKE was asked, in order. */
export function callsOf(cake: SandboxInstance): string[] {
  return cake.requests.map(({ operation }) => operation);
}
