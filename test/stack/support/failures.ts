import { OperationError, type OperationResult } from "./cli";

/** The error of an operation that has to fail. */
export async function failureOf(operation: Promise<OperationResult>): Promise<OperationError> {
  const outcome = await operation.catch((error: unknown) => error);
  if (outcome instanceof OperationError) return outcome;
  throw outcome instanceof Error ? outcome : new Error("The operation succeeded, and it had to fail.");
}

/** Every error message of a failed operation in one text. */
export function messagesOf({ failed }: OperationError): string {
  return failed.map(({ message }) => message).join("\n");
}
