import { type SavedProvider, savedProvider } from "../../door/savedProvider";
import { type InstanceHosts, instanceHosts } from "../input/instance";
import type { Deployment } from "../input/stackExport";
import { settingText } from "../input/value";

/** The instance that a provider of the stack works on. */
export interface Configured {
  readonly domain: string;
  /** What the last run worked on, where the state tells it. */
  readonly saved: string | undefined;
  /** Its own host and the former ones. */
  readonly hosts: readonly string[];
  /** The name of an explicit provider; undefined for the default one. */
  readonly provider: string | undefined;
  /** Given with this command, or saved in the state by the last run. */
  readonly from: "given" | "saved";
}

/** The instance of each provider of the stack that tells it, by the reference that its resources carry. */
export function configuredIn({ resources }: Deployment, given: InstanceHosts): Map<string, Configured> {
  return new Map(
    resources.flatMap((resource) => {
      const provider = savedProvider(resource);
      const configured = provider && configuredFor(provider, given);
      return configured ? [[`${resource.urn}::${resource.id}`, configured]] : [];
    }),
  );
}

// Of the default provider, a given instance is newer than the saved one. Were both to count, a corrected setting
// would be refused for ever: only a run that this command lets go on saves the correction.
function configuredFor(provider: SavedProvider, given: InstanceHosts): Configured | undefined {
  const saved = savedInstance(provider);
  const { name } = provider;
  const own = name === undefined ? given.domain : undefined;
  const domain = own ?? saved.domain;
  if (domain === undefined) return undefined;
  const hosts = [domain, ...saved.formerDomains, ...given.formerDomains];
  return { domain, saved: saved.domain, hosts, provider: name, from: own === undefined ? "saved" : "given" };
}

function savedInstance({ setting }: SavedProvider): InstanceHosts {
  const saved = (["domain", "formerDomains"] as const).flatMap((name) => {
    const text = settingText(setting(name));
    return text === undefined ? [] : [[`cake:${name}`, text] as const];
  });
  try {
    return instanceHosts({}, {}, Object.fromEntries(saved));
  } catch {
    // What cannot be read is refused by every run itself.
    return { domain: undefined, formerDomains: [] };
  }
}
