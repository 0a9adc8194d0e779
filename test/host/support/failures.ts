import type { ServiceError } from "@grpc/grpc-js";
import { type Bag, fromStruct, grpc, messages, statuses } from "./proto";

/** A resource that was made and is not as it should be: the engine keeps it. */
export interface Partial {
  readonly id: string;
  readonly properties: Bag;
  readonly reasons: readonly string[];
}

/** The process answered a call with an error. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    message: string,
    readonly code: number,
    readonly partial: Partial | undefined,
  ) {
    super(message);
  }
}

/** The process did not answer at all: it hangs, or it has ended. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** What became of a call that went wrong. A hang must never pass for an error that was told. */
export function failureOf(call: string, error: ServiceError, received: (answer: Bag) => Bag): Error {
  switch (error.code) {
    case grpc.status.DEADLINE_EXCEEDED:
      return new NoAnswer(`${call} hangs: there was no answer before the test's deadline.`);
    case grpc.status.UNAVAILABLE:
    case grpc.status.CANCELLED:
      return new NoAnswer(`${call} was not answered: ${error.details}`);
    default:
      return new Refusal(error.details, error.code, partialIn(error, received));
  }
}

/** The refusal of a call that must be refused. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    (value) => new Error(`The call was to be refused, and it answered ${JSON.stringify(value)}.`),
    (error: unknown) => error,
  );
  if (outcome instanceof Refusal) return outcome;
  throw outcome;
}

const PARTIAL = "type.googleapis.com/pulumirpc.ErrorResourceInitFailed";

/** The properties that come with an error, as they are sent. */
export function propertiesIn(error: ServiceError): Bag | undefined {
  return partialIn(error, (answer) => answer)?.properties;
}

function partialIn(error: ServiceError, received: (answer: Bag) => Bag): Partial | undefined {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  if (!Buffer.isBuffer(bytes)) return undefined;
  const details = statuses.Status.deserializeBinary(bytes).getDetailsList();
  const packed = details.find((detail) => detail.getTypeUrl() === PARTIAL);
  if (packed === undefined) return undefined;
  const failure = messages.ErrorResourceInitFailed.deserializeBinary(packed.getValue_asU8());
  return {
    id: failure.getId(),
    properties: received(fromStruct(failure.getProperties())),
    reasons: failure.getReasonsList(),
  };
}
