import { explicitName } from "../../door/providerName";
import { type ProviderResource, type SavedProvider, savedProvider } from "../../door/savedProvider";
import { hostIn } from "../../settings/origin";
import { settingText } from "./value";

/** What the provider of a postback decides about the rules. */
export interface ProviderRules {
  /** Host and port of its CAKE instance; undefined if that is unknown. */
  readonly instance: string | undefined;
  /** The JSON text of its own `cake:rules`; undefined if it has none beside the stack's. */
  readonly rules: string | undefined;
}

// The JSON text of rules that change nothing.
const NO_RULES = "{}";

/**
 * What the providers of a stack decide, by the reference that a resource carries.
 *
 * @param stackDomain The stack's `cake:domain`, which is that of the default provider.
 */
export function providerRules(
  resources: readonly ProviderResource[],
  stackDomain: string | undefined,
): (reference: string | undefined) => ProviderRules {
  const explicit = new Map(
    resources.flatMap((resource) => {
      const provider = savedProvider(resource);
      return provider?.name === undefined ? [] : [[resource.urn, rulesOf(provider)] as const];
    }),
  );
  const own = { instance: hostIn(stackDomain), rules: undefined };
  return (reference) => {
    // A reference is the URN and the ID, which a preview may not know; it may leave the whole reference out.
    const urn = reference?.slice(0, reference.lastIndexOf("::")) ?? "";
    return (
      explicit.get(urn) ?? (explicitName(urn) === undefined ? own : { instance: undefined, rules: undefined })
    );
  };
}

function rulesOf({ setting, inherits }: SavedProvider): ProviderRules {
  // What does not come from the stack comes from the environment of the run.
  const others = inherits ? undefined : (process.env.CAKE_RULES ?? NO_RULES);
  return { instance: hostIn(settingText(setting("domain"))), rules: settingText(setting("rules")) ?? others };
}
