import type { Redact } from "../http/redact";
import { CodedError, formatMessage } from "../message";
import { PartialFailure } from "./errors";
import { messages } from "./messages";

export type Properties = Record<string, unknown>;

/**
 * Runs one operation so that whatever it returns or throws survives the way to the engine: a value that JSON
 * does not know, a thrown non-Error or an oversize failure would lose the resource or hang for ever.
 *
 * @param kept What the door keeps in the state beside the properties of the postback.
 */
export async function serializeErrors<T>(
  kept: Properties,
  operation: () => T | Promise<T>,
  redact: Redact = (text) => text,
): Promise<unknown> {
  try {
    const result = await operation();
    return result === undefined ? undefined : JSON.parse(JSON.stringify(result));
  } catch (error) {
    throw presentable(error, kept, redact);
  }
}

/** What the engine keeps of a postback that was made and is not as declared. */
export interface Kept {
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: readonly string[];
}

/** An error as a door may hand it to the engine: its message alone, bounded and without a secret. */
export class PresentableError extends Error {
  // The engine's process tells a partial failure by its id.
  declare readonly id?: string;
  declare readonly properties?: Properties;
  declare readonly reasons?: readonly string[];

  constructor(message: string, kept?: Kept) {
    super(sendable(message));
    // The process prints the stack of an error, which says nothing about a postback.
    this.stack = "";
    Object.assign(this, kept);
  }
}

/** Makes an error presentable. One that is already stays as it is. */
export function presentable(error: unknown, kept: Properties, redact: Redact): PresentableError {
  if (error instanceof PresentableError) return error;
  if (error instanceof PartialFailure) return partialFailure(error, kept);
  if (error instanceof CodedError) return new PresentableError(error.message);
  return internalError(error, redact);
}

// An error travels in HTTP trailers, and from some 65 kB on the call is never answered. A partial failure
// carries its message three times (once with each byte of a foreign letter as %XX), and its properties in base64,
// where many small parameters take a third more than as JSON.
const MAX_PROPERTIES_BYTES = 20_000;
const MAX_MESSAGE_BYTES = 4_000;

function partialFailure(
  { id, properties, message, happened }: PartialFailure,
  kept: Properties,
): PresentableError {
  const full: Properties = { ...JSON.parse(JSON.stringify(properties)), ...kept };
  const { urlParts: _, ...lean } = full;
  const fitting = [full, lean].find(
    (candidate) => Buffer.byteLength(JSON.stringify(candidate)) < MAX_PROPERTIES_BYTES,
  );
  if (!fitting) {
    return new PresentableError(formatMessage(messages.tooLargeForState(id, happened)));
  }
  return new PresentableError(message, { id, properties: fitting, reasons: [sendable(message)] });
}

// Half a character, as the cutting of a text leaves it, cannot be encoded, and the call is never answered.
function sendable(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_MESSAGE_BYTES) return bytes.toString();
  return `${bytes
    .subarray(0, MAX_MESSAGE_BYTES)
    .toString()
    .replace(/\ufffd$/, "")} …`;
}

// Nobody built this error with care, so it is the one that has to be searched for secrets here.
function internalError(thrown: unknown, redact: Redact): PresentableError {
  return new PresentableError(`${formatMessage(messages.internalError())}\n${redact(detailsOf(thrown))}`);
}

function detailsOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.stack ?? thrown.message;
  // Not every object has a text form.
  return typeof thrown === "object" ? Object.prototype.toString.call(thrown) : String(thrown);
}
