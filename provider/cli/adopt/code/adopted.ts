import { withImports } from "./imports";

export const ADOPTED_FILE = "adopted.ts";

const OPTIONS = `import * as pulumi from "@pulumi/pulumi";

// Taken over from CAKE as they were. An "up" from a branch that lacks one of them
// would switch it off, so they are protected. Lift that in a change of its own.
export const adopted: pulumi.CustomResourceOptions = { protect: true };
`;

const SECRETS = `
const secrets = new pulumi.Config().requireSecretObject<Record<string, string>>(
  "postbackSecrets",
);

/** A value that a partner keeps secret: it stands in the stack's configuration. */
export function secret(name: string): pulumi.Output<string> {
  return secrets.apply((values) => {
    const value = values[name];
    if (value === undefined) throw new Error(\`postbackSecrets has no \${name}.\`);
    return value;
  });
}
`;

/** The file that all others share; undefined where it stays as it is. */
export function adoptedFile(existing: string | undefined, needsSecrets: boolean): string | undefined {
  const before = existing ?? OPTIONS;
  const lacksSecrets = needsSecrets && !/\b(?:function|const)\s+secret\b/.test(before);
  if (!lacksSecrets) return existing === undefined ? before : undefined;
  return `${withImports(before, ["pulumi"]).trimEnd()}\n${SECRETS}`;
}
