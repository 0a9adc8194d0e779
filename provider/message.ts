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
 * @param details What somebody else said, as they said it.
 */
export function message(code: string, happened: string, means: string, next: string, details = ""): Message {
  return { code, text: [sentences(happened, means, next), details].join(" ").trimEnd() };
}

/** A message about something that stops nothing: there may be nothing to do. */
export function notice(code: string, happened: string, next = ""): Message {
  return { code, text: sentences(happened, next) };
}

/** The message without the secrets that `redact` knows. */
export function redacted({ code, text }: Message, redact: (text: string) => string): Message {
  return { code, text: redact(text) };
}

/** The message as it is shown. */
export function formatMessage({ code, text }: Message): string {
  return `${text} [${code}]`;
}

/** An error that was written for people. Its text is complete and holds no secret. */
export class CodedError extends Error {
  override readonly name: string = "CodedError";
  readonly code: string;
  /** The text without its code: for a message that quotes it. */
  readonly text: string;

  constructor(message: Message, options?: ErrorOptions) {
    super(formatMessage(message), options);
    this.code = message.code;
    this.text = message.text;
  }
}

/** What an error says, without its code: for a message that quotes it. */
export function errorText(error: unknown): string {
  if (error instanceof CodedError) return error.text;
  return error instanceof Error ? error.message : String(error);
}

/** With a capital, unless it begins with the name of a file, a setting or a variable. */
export function capitalize(text: string): string {
  return /^[a-z]+(?:[\s,']|: )/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

function sentences(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== "")
    .map(capitalize)
    .join(" ");
}

/** `markdown or json`: what may stand in place of a wrong value. */
export function alternatives(values: readonly string[]): string {
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(values);
}
