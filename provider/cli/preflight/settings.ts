import { resolveSettings, SAVED_SETTINGS_ADVICE } from "../../settings/resolve";
import { type Deployment, plainText, type ResourceState } from "../input/stackExport";

/** One CAKE instance: its host, and those under which it was known before. */
export interface Instance {
  readonly domain: string | undefined;
  readonly formerDomains: readonly string[];
}

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

/** The instance that the environment names. Throws what is wrong with its settings. */
export function instanceGiven(env: Readonly<Record<string, string | undefined>>): Instance {
  const { CAKE_DOMAIN, CAKE_FORMER_DOMAINS } = env;
  // Nothing is sent from here, so that http is no danger.
  const own = { CAKE_DOMAIN, CAKE_FORMER_DOMAINS, CAKE_ALLOW_INSECURE_HTTP: "true" };
  try {
    return resolveSettings({ config: () => undefined, env: own });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(message.replace(SAVED_SETTINGS_ADVICE, "").trim());
  }
}

/** The instance of each provider of the stack that tells it, by the reference that its resources carry. */
export function configuredIn({ resources }: Deployment, given: Instance): Map<string, Configured> {
  const providers = resources.filter(({ type }) => type === "pulumi:providers:pulumi-nodejs");
  return new Map(
    providers.flatMap((provider) => {
      const configured = configuredFor(provider, given);
      return configured ? [[`${provider.urn}::${provider.id}`, configured]] : [];
    }),
  );
}

// Of the default provider, a given instance is newer than the saved one. Were both to count, a corrected setting
// would be refused for ever: only a run that this command lets go on saves the correction.
function configuredFor(provider: ResourceState, given: Instance): Configured | undefined {
  const saved = savedInstance(provider);
  const name = plainText(provider.inputs["cake:name"]);
  const own = name === undefined ? given.domain : undefined;
  const domain = own ?? saved.domain;
  if (domain === undefined) return undefined;
  const hosts = [domain, ...saved.formerDomains, ...given.formerDomains];
  return { domain, saved: saved.domain, hosts, provider: name, from: own === undefined ? "saved" : "given" };
}

const COMPARED: readonly string[] = ["cake:domain", "cake:formerDomains"];

function savedInstance({ inputs }: ResourceState): Instance {
  const config = (key: string) => (COMPARED.includes(key) ? plainText(inputs[key]) : undefined);
  try {
    return resolveSettings({ config, env: { CAKE_ALLOW_INSECURE_HTTP: "true" } });
  } catch {
    // What cannot be read is refused by every run itself.
    return { domain: undefined, formerDomains: [] };
  }
}
