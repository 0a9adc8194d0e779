/**
 * The one door to the generated gRPC code. It fills its exports while it runs, so that a static import may
 * see nothing of them; and grpc-js must be the copy that the SDK uses.
 */
import { createRequire } from "node:module";

const load = createRequire(__filename);
const loadAsTheSdk = createRequire(load.resolve("@pulumi/pulumi"));

export const grpc = loadAsTheSdk("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
export const messages = load(
  "@pulumi/pulumi/proto/provider_pb",
) as typeof import("@pulumi/pulumi/proto/provider_pb");
export const services = {
  ...(load(
    "@pulumi/pulumi/proto/provider_grpc_pb",
  ) as typeof import("@pulumi/pulumi/proto/provider_grpc_pb")),
  ...(load("@pulumi/pulumi/proto/engine_grpc_pb") as typeof import("@pulumi/pulumi/proto/engine_grpc_pb")),
};
export const engineMessages = load(
  "@pulumi/pulumi/proto/engine_pb",
) as typeof import("@pulumi/pulumi/proto/engine_pb");
export const { PluginAttach } = load(
  "@pulumi/pulumi/proto/plugin_pb",
) as typeof import("@pulumi/pulumi/proto/plugin_pb");
export const statuses = load(
  "@pulumi/pulumi/proto/status_pb",
) as typeof import("@pulumi/pulumi/proto/status_pb");
export const { Empty } = loadAsTheSdk(
  "google-protobuf/google/protobuf/empty_pb.js",
) as typeof import("google-protobuf/google/protobuf/empty_pb");

const { Struct } = loadAsTheSdk(
  "google-protobuf/google/protobuf/struct_pb.js",
) as typeof import("google-protobuf/google/protobuf/struct_pb");

/** Inputs, outputs or settings, as plain JSON. */
export type Bag = Record<string, unknown>;
type StructMessage = InstanceType<typeof Struct>;

export function toStruct(bag: Bag): StructMessage {
  return Struct.fromJavaScript(bag as Parameters<typeof Struct.fromJavaScript>[0]);
}

export function fromStruct(struct: StructMessage | undefined): Bag {
  return struct === undefined ? {} : struct.toJavaScript();
}

const MARK = "4dabf18193072939515e22adb298388d";

/** A secret as the engine marks it: so the settings of a stack arrive. */
export function secret(value: unknown): Bag {
  return { [MARK]: "1b47061264138c4ac30d75fd1eb44270", value };
}

/** A bag with its secrets in the clear. */
export function openSecrets(bag: Bag): Bag {
  return withSecrets(bag, (value) => value) as Bag;
}

/** What of a bag, or of anything that holds some, the engine may write to a state or show: all but the secrets. */
export function plainIn(value: unknown): unknown {
  return withSecrets(value, () => "[secret]");
}

function withSecrets(value: unknown, as: (secret: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withSecrets(one, as));
  if (typeof value !== "object" || value === null) return value;
  if (MARK in value) return as(withSecrets((value as Bag).value, as));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withSecrets(one, as)]));
}
