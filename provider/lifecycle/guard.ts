import { CakeError } from "../cake/errors";
import { PartialFailure, RefusedByGuard, SettingsError } from "./errors";

export type Properties = Record<string, unknown>;

/**
 * Runs one operation so that whatever it returns or throws survives the way to the engine: a value that JSON
 * does not know, a thrown non-Error or an oversize failure would lose the resource or hang for ever.
 */
export async function guarded<T>(bag: Properties, operation: () => T | Promise<T>): Promise<unknown> {
  try {
    const result = await operation();
    return result === undefined ? undefined : JSON.parse(JSON.stringify(result));
  } catch (error) {
    throw presentable(error, bag.__provider);
  }
}

function presentable(error: unknown, provider: unknown): Error {
  if (error instanceof PartialFailure) return partialFailure(error, provider);
  if (error instanceof CakeError || error instanceof SettingsError || error instanceof RefusedByGuard) {
    return withoutStack(error.message);
  }
  return ourBug(error);
}

// A partial failure travels in a trailer that hangs the call from 66 kB on: in base64, with the message in it twice.
const MAX_PROPERTIES_BYTES = 30_000;
const MAX_MESSAGE_CHARACTERS = 4_000;

function partialFailure({ id, properties, message }: PartialFailure, provider: unknown): Error {
  const short = message.slice(0, MAX_MESSAGE_CHARACTERS);
  // The process does not add the provider itself; without it a later read or delete could not run.
  const full: Properties = { ...JSON.parse(JSON.stringify(properties)), __provider: provider };
  const { urlParts: _, ...lean } = full;
  const fitting = [full, lean].find(
    (candidate) => Buffer.byteLength(JSON.stringify(candidate)) < MAX_PROPERTIES_BYTES,
  );
  if (!fitting) {
    return withoutStack(
      `${short} The record is too large to be kept in the state together with this error: look at postback ${id} in CAKE, and set "adopt: { postbackId: ${id} }" on the resource.`,
    );
  }
  return Object.assign(withoutStack(short), { id, properties: fitting, reasons: [short] });
}

// The process prints the stack of an error, which tells a user nothing about their postback.
function withoutStack(message: string): Error {
  const error = new Error(message);
  error.stack = "";
  return error;
}

function ourBug(thrown: unknown): Error {
  const details = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return withoutStack(
    `This is a bug in pulumi-cake, and not a mistake of yours: please report it with these lines. What CAKE and the state hold is not known to have changed; run "pulumi refresh" before the next "pulumi up".\n${details}`,
  );
}
