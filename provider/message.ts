/** A text for people, and the code under which docs/errors.md explains it. */
export interface Message extends Parts {
  readonly code: string;
  /** All parts, and the details. */
  readonly text: string;
}

/** The parts of a text as sentences. */
interface Parts {
  readonly happened: string;
  readonly means: string;
  readonly next: string;
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
  const parts = { happened: capitalize(happened), means: capitalize(means), next: capitalize(next) };
  const separator = details === "" || details.startsWith("\n") ? "" : " ";
  return { code, ...parts, text: `${sentences(parts)}${separator}${details}` };
}

/** A message about something that stops nothing: there may be nothing to do. */
export function notice(code: string, happened: string, next = ""): Message {
  return message(code, happened, "", next);
}

/** The message without the secrets that `redact` knows. */
export function redacted(
  { code, text, happened, means, next }: Message,
  redact: (text: string) => string,
): Message {
  return {
    code,
    text: redact(text),
    happened: redact(happened),
    means: redact(means),
    next: redact(next),
  };
}

/** The message as it is shown. */
export function formatMessage({ code, text }: Pick<Message, "code" | "text">): string {
  return `${text} [${code}]`;
}

/** An error that was written for people. Its text is complete and holds no secret. */
export class CodedError extends Error implements Message {
  override readonly name: string = "CodedError";
  readonly code: string;
  /** The text without its code: for a message that quotes it. */
  readonly text: string;
  readonly happened: string;
  readonly means: string;
  readonly next: string;

  constructor(message: Message, options?: ErrorOptions) {
    super(formatMessage(message), options);
    this.code = message.code;
    this.text = message.text;
    this.happened = message.happened;
    this.means = message.means;
    this.next = message.next;
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

function sentences({ happened, means, next }: Parts): string {
  return [happened, means, next].filter((part) => part !== "").join(" ");
}

/** `markdown or json`: what may stand in place of a wrong value. */
export function alternatives(values: readonly string[]): string {
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(values);
}
