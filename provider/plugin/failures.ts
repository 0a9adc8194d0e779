import type { Metadata } from "@grpc/grpc-js";
import type { CheckFailure } from "@pulumi/pulumi/proto/provider_pb";
import type { Properties } from "../lifecycle/serializeErrors";
import { Any, grpc, provider, Status } from "./proto";
import { wrap } from "./values";

/** The failures of a check. None names a property: the engine would print its value, which may be secret. */
export function failuresOf(reasons: readonly string[]): CheckFailure[] {
  return reasons.map((reason) => {
    const failure = new provider.CheckFailure();
    failure.setReason(reason);
    return failure;
  });
}

/** An error as gRPC carries it. */
export interface RpcError extends Error {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata;
}

/** What `serializeErrors` has made of an error. The last three are of a partial failure. */
interface Presentable {
  readonly message: string;
  readonly id?: string;
  readonly properties?: Properties;
  readonly reasons?: readonly string[];
}

/** An error for the engine. After a partial failure the engine keeps the postback, with what is wrong with it. */
export function rpcError(error: Presentable, secrets: readonly string[]): RpcError {
  const { message, id, properties = {}, reasons = [] } = error;
  const metadata = new grpc.Metadata();
  const code = grpc.status.UNKNOWN;
  if (id !== undefined) {
    const detail = new provider.ErrorResourceInitFailed();
    detail.setId(id);
    detail.setReasonsList([...reasons]);
    detail.setProperties(wrap(properties, secrets));
    metadata.add("grpc-status-details-bin", Buffer.from(statusWith(detail.serializeBinary(), message)));
  }
  return Object.assign(new Error(message), { code, details: message, metadata });
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
