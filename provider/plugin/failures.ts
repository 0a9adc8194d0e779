import type { Metadata } from "@grpc/grpc-js";
import type * as pb from "@pulumi/pulumi/proto/provider_pb";
import type { PresentableError } from "../lifecycle/serializeErrors";
import { wrapPostback } from "./postbackValues";
import { Any, grpc, provider, Status } from "./proto";
import type { Unwrapped } from "./values";

/** The failures of a check. None names a property: the engine would print its value, which may be secret. */
export function failuresOf(reasons: readonly string[]): pb.CheckFailure[] {
  return reasons.map((reason) => {
    const failure = new provider.CheckFailure();
    failure.setReason(reason);
    return failure;
  });
}

/** An error as gRPC carries it. */
export class RpcError extends Error {
  readonly code: number = grpc.status.UNKNOWN;
  readonly metadata: Metadata = new grpc.Metadata();

  constructor(readonly details: string) {
    super(details);
  }
}

/** An error for the engine. After a partial failure the engine keeps the postback, with what is wrong with it. */
export function rpcError(error: PresentableError, ...sent: readonly Unwrapped[]): RpcError {
  const { message, id, properties = {}, reasons = [] } = error;
  const failure = new RpcError(message);
  if (id !== undefined) {
    const detail = new provider.ErrorResourceInitFailed();
    detail.setId(id);
    detail.setReasonsList([...reasons]);
    detail.setProperties(wrapPostback(properties, ...sent));
    failure.metadata.add(
      "grpc-status-details-bin",
      Buffer.from(statusWith(detail.serializeBinary(), message)),
    );
  }
  return failure;
}

function statusWith(detail: Uint8Array, message: string): Uint8Array {
  const any = new Any();
  any.pack(detail, "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(any);
  return status.serializeBinary();
}
