// A snapshot in the format that `pulumi stack export` writes and `pulumi stack import` reads.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import type { Crypter } from "./secrets";
import type { OperationType, Snapshot } from "./state";
import { deserializeResource, serializeResource } from "./stateFormat";
import type { Deployment } from "./types";
import type { JsonObject } from "./wire";

const load = createRequire(__filename);

export function serializeDeployment(snapshot: Snapshot, crypter: Crypter): Deployment {
  const { version } = load("@pulumi/pulumi/package.json") as { version: string };
  const operations = snapshot.pendingOperations.map(({ resource, type }) => ({
    resource: serializeResource(resource, crypter),
    type,
  }));
  return {
    version: 3,
    deployment: {
      manifest: {
        time: new Date().toISOString(),
        magic: createHash("sha256").update(version).digest("hex"),
        version,
      },
      secrets_providers: { type: "passphrase", state: { salt: crypter.salt } },
      ...(snapshot.resources.length > 0 && {
        resources: snapshot.resources.map((state) => serializeResource(state, crypter)),
      }),
      ...(operations.length > 0 && { pending_operations: operations }),
      metadata: {},
    },
  };
}

export function deserializeDeployment({ version, deployment }: Deployment, crypter: Crypter): Snapshot {
  if (version !== 3) throw new Error(`the stack runner reads deployments of version 3, not ${version}`);
  const resources = (deployment.resources ?? []) as JsonObject[];
  const operations = (deployment.pending_operations ?? []) as JsonObject[];
  return {
    resources: resources.map((json) => deserializeResource(json, crypter)),
    pendingOperations: operations.map((json) => ({
      resource: deserializeResource(json.resource as JsonObject, crypter),
      type: json.type as OperationType,
    })),
  };
}

/** The salt of the deployment's own secrets provider; undefined when it has none. */
export function saltOf({ deployment }: Deployment): string | undefined {
  const provider = deployment.secrets_providers as JsonObject | undefined;
  if (provider === undefined || provider === null) return undefined;
  if (provider.type !== "passphrase")
    throw new Error(
      `the stack runner reads secrets of the passphrase provider, not of "${String(provider.type)}"`,
    );
  return String((provider.state as JsonObject).salt);
}
