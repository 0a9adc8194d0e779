/**
 * The one door to the generated gRPC code. grpc-js and google-protobuf must be the copies that the SDK uses: two copies
 * do not know each other's messages.
 */
import { createRequire } from "node:module";

const load = createRequire(__filename);
const loadAsTheSdk = createRequire(load.resolve("@pulumi/pulumi/proto/provider_grpc_pb"));

export const grpc = loadAsTheSdk("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
export const provider = load(
  "@pulumi/pulumi/proto/provider_pb",
) as typeof import("@pulumi/pulumi/proto/provider_pb");
export const { ResourceProviderService } = load(
  "@pulumi/pulumi/proto/provider_grpc_pb",
) as typeof import("@pulumi/pulumi/proto/provider_grpc_pb");
export const { PluginInfo } = load(
  "@pulumi/pulumi/proto/plugin_pb",
) as typeof import("@pulumi/pulumi/proto/plugin_pb");
export const { Status } = load(
  "@pulumi/pulumi/proto/status_pb",
) as typeof import("@pulumi/pulumi/proto/status_pb");
export const { EngineClient } = load(
  "@pulumi/pulumi/proto/engine_grpc_pb",
) as typeof import("@pulumi/pulumi/proto/engine_grpc_pb");
export const { LogRequest, LogSeverity } = load(
  "@pulumi/pulumi/proto/engine_pb",
) as typeof import("@pulumi/pulumi/proto/engine_pb");
export const { Struct } = loadAsTheSdk(
  "google-protobuf/google/protobuf/struct_pb.js",
) as typeof import("google-protobuf/google/protobuf/struct_pb");
export const { Empty } = loadAsTheSdk(
  "google-protobuf/google/protobuf/empty_pb.js",
) as typeof import("google-protobuf/google/protobuf/empty_pb");
export const { Any } = loadAsTheSdk(
  "google-protobuf/google/protobuf/any_pb.js",
) as typeof import("google-protobuf/google/protobuf/any_pb");
