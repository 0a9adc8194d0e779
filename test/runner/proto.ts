// The one place that touches the generated gRPC code. It is CommonJS that fills its exports at run time, so a
// static import gets an empty namespace under some loaders; everywhere else in the runner it is properly typed.
import { createRequire } from "node:module";

const load = createRequire(__filename);
const loadAsPulumiDoes = createRequire(load.resolve("@pulumi/pulumi"));

export type Grpc = typeof import("@grpc/grpc-js");
export const grpc = loadAsPulumiDoes("@grpc/grpc-js") as Grpc;

export const resourceProto = load(
  "@pulumi/pulumi/proto/resource_pb",
) as typeof import("@pulumi/pulumi/proto/resource_pb");
export const resourceRpc = load(
  "@pulumi/pulumi/proto/resource_grpc_pb",
) as typeof import("@pulumi/pulumi/proto/resource_grpc_pb");
export const engineProto = load(
  "@pulumi/pulumi/proto/engine_pb",
) as typeof import("@pulumi/pulumi/proto/engine_pb");
export const engineRpc = load(
  "@pulumi/pulumi/proto/engine_grpc_pb",
) as typeof import("@pulumi/pulumi/proto/engine_grpc_pb");
export const providerProto = load(
  "@pulumi/pulumi/proto/provider_pb",
) as typeof import("@pulumi/pulumi/proto/provider_pb");
export const providerRpc = load(
  "@pulumi/pulumi/proto/provider_grpc_pb",
) as typeof import("@pulumi/pulumi/proto/provider_grpc_pb");
export const emptyProto = loadAsPulumiDoes(
  "google-protobuf/google/protobuf/empty_pb.js",
) as typeof import("google-protobuf/google/protobuf/empty_pb");
export const structProto = loadAsPulumiDoes(
  "google-protobuf/google/protobuf/struct_pb.js",
) as typeof import("google-protobuf/google/protobuf/struct_pb");
export const statusProto = load(
  "@pulumi/pulumi/proto/status_pb",
) as typeof import("@pulumi/pulumi/proto/status_pb");
