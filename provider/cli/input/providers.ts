import { hostIn } from "../../settings/origin";
import { plainText } from "./stackExport";

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What the provider of a postback decides about the rules. */
export interface ProviderRules {
  /** Host and port of its CAKE instance; undefined if that is unknown. */
  readonly instance: string | undefined;
  /** The JSON text of its own `cake:rules`; undefined if it has none beside the stack's. */
  readonly rules: string | undefined;
}

/**
 * What the providers of a stack decide, by the reference that a resource carries.
 *
 * @param stackDomain The stack's `cake:domain`, which is that of the default provider.
 */
export function providerRules(
  resources: readonly Resource[],
  stackDomain: string | undefined,
): (reference: string | undefined) => ProviderRules {
  const explicit = new Map(
    resources
      .filter(({ type, inputs }) => type === "pulumi:providers:pulumi-nodejs" && "cake:name" in inputs)
      .map(({ urn, inputs }) => [urn, rulesOf(inputs)]),
  );
  const own = { instance: hostIn(stackDomain), rules: undefined };
  return (reference) => {
    // A reference is the URN and the ID, which a preview may not know.
    const urn = reference?.slice(0, reference.lastIndexOf("::")) ?? "";
    return explicit.get(urn) ?? (isDefault(urn) ? own : { instance: undefined, rules: undefined });
  };
}

function rulesOf(inputs: Resource["inputs"]): ProviderRules {
  return {
    instance: hostIn(plainText(inputs["cake:domain"])),
    rules: plainText(inputs["cake:rules"]),
  };
}

// The engine names default providers like this, with their version behind it. A preview may leave the reference out.
function isDefault(urn: string): boolean {
  return urn === "" || /^default(?:_|$)/.test(urn.slice(urn.lastIndexOf("::") + 2));
}
