/** What a look at one thing brought to light. Whoever judges it must say what to make of each kind. */
export type Fact<T> = Seen<T> | NotSeen;

export interface Seen<T> {
  readonly kind: "seen";
  readonly value: T;
}

export type NotSeen = NotThere | Unclear;

/** Looked for, and shown not to be there. */
export interface NotThere {
  readonly kind: "notThere";
  readonly why: string;
  readonly sign?: Sign;
}

/** The look settles nothing. */
export interface Unclear {
  readonly kind: "unclear";
  readonly why: string;
  readonly sign?: Sign;
}

/** What an answer that is of no use looked like, where that tells something about its cause. */
export type Sign =
  | "unreached"
  | "untrusted"
  | "silence"
  | "emptyAnswer"
  | "webPage"
  | "redirect"
  | "keyRefused";

export function seen<T>(value: T): Seen<T> {
  return { kind: "seen", value };
}

export function notThere(why: string, sign?: Sign): NotThere {
  return { kind: "notThere", why, ...(sign === undefined ? {} : { sign }) };
}

export function unclear(why: string, sign?: Sign): Unclear {
  return { kind: "unclear", why, ...(sign === undefined ? {} : { sign }) };
}

/** The value of a fact, where it was seen. */
export function valueIn<T>(fact: Fact<T>): T | undefined {
  return fact.kind === "seen" ? fact.value : undefined;
}
