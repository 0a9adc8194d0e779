/** A text for people, and the code under which docs/errors.md explains it. */
export interface Message {
  readonly code: string;
  readonly text: string;
}

/**
 * A message about something that stopped.
 *
 * @param code Words in kebab-case. It never changes, because people search for it.
 * @param happened What happened, to which postback, file or setting, with the value that was found.
 * @param means What it means for money or state.
 * @param next What to do now, with a command to paste.
 * @param details What somebody else said, after all of it.
 */
export function message(code: string, happened: string, means: string, next: string, details = ""): Message {
  return { code, text: sentences(happened, means, next, details) };
}

/** A message about something that stops nothing: there may be nothing to do. */
export function notice(code: string, happened: string, next = ""): Message {
  return { code, text: sentences(happened, next) };
}

/** The message as it is shown. */
export function formatMessage({ code, text }: Message): string {
  return `${text} [${code}]`;
}

/** An error that was written for people. Its text is complete and holds no secret. */
export class CodedError extends Error {
  override readonly name: string = "CodedError";
  readonly code: string;

  constructor(message: Message, options?: ErrorOptions) {
    super(formatMessage(message), options);
    this.code = message.code;
  }
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sentences(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== "")
    .map(capitalize)
    .join(" ");
}
