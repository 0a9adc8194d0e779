export const SHARED_FILE = "shared.ts";

/** The file that the others import: written once, and never opened again. */
export const SHARED_TEXT = `import * as pulumi from "@pulumi/pulumi";

// Adopted from CAKE as they were. An "up" from a branch that lacks one of them
// would deactivate it, so they are protected. Lift that in a change of its own.
export const adopted: pulumi.CustomResourceOptions = { protect: true };

const secrets =
  new pulumi.Config().getSecretObject<Record<string, string>>(
    "postbackSecrets",
  ) ?? pulumi.secret<Record<string, string>>({});

/** A value that a partner keeps secret: it stands in the stack's configuration. */
export function secret(name: string): pulumi.Output<string> {
  return secrets.apply((values) => {
    const value = values[name];
    if (value === undefined) throw new Error(\`postbackSecrets has no \${name}.\`);
    return value;
  });
}
`;
