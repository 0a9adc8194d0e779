// What the engine calls the provider that a stack did not declare.
// Source: pulumi/pulumi, pkg/resource/deploy/providers/provider.go, DefaultName.
const DEFAULT_NAME =
  /^(?:default(?:_\d+_\d+_\d+(?:_.*)?|_(?:https?|file|git(?:hub|lab)?|oci|s3|gs|azblob)_[_/].*)?)?$/is;

/** The name of a provider that the program declared; it names the variable of its key. */
export function explicitName(urn: string): string | undefined {
  const [, , type = "", ...rest] = urn.split("::");
  const name = rest.join("::");
  // The engine gives its own provider no parent.
  return DEFAULT_NAME.test(name) && !type.includes("$") ? undefined : name;
}
