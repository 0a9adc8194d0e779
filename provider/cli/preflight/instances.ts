import {
  type Deployment,
  isPostback,
  plainText,
  type ResourceState,
  resourceName,
} from "../input/stackExport";
import type { NotCompared, OtherInstance, PreflightReport } from "./report";
import type { Configured } from "./settings";

/** Compares where each postback of the stack lives with where its provider works. */
export function placementOf(
  { resources }: Deployment,
  configured: ReadonlyMap<string, Configured>,
): { stops: OtherInstance[]; notes: NotCompared[]; totals: PreflightReport["totals"] } {
  const stops = new Map<string, OtherInstance & { postbacks: OtherInstance["postbacks"][number][] }>();
  const unknown = { postback: [] as string[], provider: [] as string[] };
  const counts = new Map<string, number>();
  const postbacks = resources.filter(isManaged);
  for (const { urn, id = "", provider = "", outputs } of postbacks) {
    const livesOn = plainText(outputs.domain);
    const works = configured.get(provider);
    if (livesOn !== undefined) counts.set(livesOn, (counts.get(livesOn) ?? 0) + 1);
    if (livesOn === undefined) unknown.postback.push(urn);
    else if (works === undefined) unknown.provider.push(urn);
    else if (!works.hosts.includes(livesOn)) {
      // The dynamic provider and the plugin each have a default provider, which is the stack's own.
      const happened = stopFor(works, livesOn);
      const key = JSON.stringify(happened);
      const stop = stops.get(key) ?? { ...happened, postbacks: [] };
      stop.postbacks.push({ urn, name: resourceName(urn), postbackId: id });
      stops.set(key, stop);
    }
  }
  const instances = Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
  return {
    stops: [...stops.values()],
    notes: (["postback", "provider"] as const)
      .filter((one) => unknown[one].length > 0)
      .map((one) => ({ kind: "notCompared", unknown: one, urns: unknown[one] })),
    totals: { postbacks: postbacks.length, instances },
  };
}

// What was only looked up is not this stack's, and what waits to be made again has been deactivated.
function isManaged(state: ResourceState): boolean {
  return isPostback(state) && state.id !== undefined && !state.external && !state.pendingReplacement;
}

function stopFor({ domain, from, provider }: Configured, livesOn: string) {
  return { kind: "otherInstance", livesOn, configured: domain, from, provider: provider ?? null } as const;
}
