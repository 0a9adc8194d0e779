/** The generated gRPC code of what a program talks to; test/host/support/proto.ts says why it is loaded this way. */
import { createRequire } from "node:module";

const load = createRequire(__filename);

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
