import { hostIn } from "../../settings/origin";
import { plainText } from "./stackExport";

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * The CAKE instances on which the providers of a stack work. Gives the host for the reference that a resource carries:
 * that of an explicit provider, or else the stack's own.
 *
 * @param stackDomain The stack's `cake:domain`.
 */
export function instancesOf(
  resources: readonly Resource[],
  stackDomain: string | undefined,
): (reference: string | undefined) => string | undefined {
  const explicit = new Map(
    resources
      .filter(({ type, inputs }) => type === "pulumi:providers:pulumi-nodejs" && "cake:name" in inputs)
      .map(({ urn, inputs }) => [urn, hostIn(plainText(inputs["cake:domain"]))]),
  );
  const own = hostIn(stackDomain);
  // A reference is the URN and the ID, which a preview may not know.
  return (reference = "") => {
    const urn = reference.slice(0, reference.lastIndexOf("::"));
    return explicit.has(urn) ? explicit.get(urn) : own;
  };
}
