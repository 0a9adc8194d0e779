// What can go wrong at a provider, and how it arrives over gRPC.
import type { ServiceError } from "@grpc/grpc-js";
import { messageOf } from "./async";
import { grpc, providerProto, statusProto } from "./proto";
import { annotateSecrets, type PropertyMap } from "./values";
import { fromStruct } from "./wire";

/** The resource exists but is not as it should be; its state is kept. */
export class InitError extends Error {
  constructor(
    readonly id: string,
    readonly properties: PropertyMap,
    readonly reasons: string[],
  ) {
    super(describeReasons(reasons));
  }
}

function describeReasons(reasons: string[]): string {
  if (reasons.length === 0) return "resource init failed";
  const lines = reasons.map((reason) => `\t* ${reason}\n`).join("");
  return `${reasons.length} error${reasons.length === 1 ? "" : "s"} occurred:\n${lines}\n`;
}

/** The engine cannot say what changes: the provider's own settings are known only after the update. */
export class DiffUnavailable extends Error {
  constructor() {
    super(
      "The provider for this resource has inputs that are not known during preview.\n" +
        "This preview may not correctly represent the changes that will be applied during an update.",
    );
  }
}

/** The message alone, or the partial failure that came in the trailer. */
export function providerError(error: unknown, inputs: PropertyMap): Error {
  if (!isServiceError(error)) return error instanceof Error ? error : new Error(messageOf(error));
  const [details] = error.metadata?.get("grpc-status-details-bin") ?? [];
  const failure = details instanceof Buffer ? initFailure(details, inputs) : undefined;
  return failure ?? new Error(error.details || error.message);
}

const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && "details" in error && "code" in error && error.code !== grpc.status.OK;

function initFailure(status: Buffer, inputs: PropertyMap): InitError | undefined {
  const detail = initFailureIn(status);
  if (detail === undefined) return undefined;
  const properties = fromStruct(detail.getProperties());
  annotateSecrets(properties, inputs);
  return new InitError(detail.getId(), properties, detail.getReasonsList());
}

const initFailureType = "type.googleapis.com/pulumirpc.ErrorResourceInitFailed";

function initFailureIn(bytes: Buffer) {
  const { Status } = statusProto;
  const details = Status.deserializeBinary(bytes).getDetailsList();
  const found = details.find((any) => any.getTypeUrl() === initFailureType);
  return found === undefined
    ? undefined
    : providerProto.ErrorResourceInitFailed.deserializeBinary(found.getValue_asU8());
}
