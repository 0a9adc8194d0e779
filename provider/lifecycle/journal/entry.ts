import * as v from "valibot";
import type { Postback } from "../../postback/postback";
import type { ProcessIdentity } from "./processIdentity";

/** What is noted about one create. Hashes, ids and words of CAKE only: a URL may hold a partner's secret. */
export interface JournalEntry extends ProcessIdentity {
  /** When the request was about to be sent, in milliseconds since the epoch. */
  readonly at: number;
  /** Until when a process on another machine may still be at it. */
  readonly until: number;
  /** The ids that the affiliate and offer had before, none of them this postback; undefined where CAKE could not be looked at. */
  readonly before?: readonly number[] | undefined;
  /** CAKE's answer, where one came: the record exists. */
  readonly made?: Made | undefined;
  /** The create was given up, and provably nothing was made. */
  readonly undone?: boolean | undefined;
  /** No answer came, and the whole list did not hold the record. A list that was later than it may be shows it yet. */
  readonly absent?: boolean | undefined;
}

/** A record as CAKE confirmed it, without its URL. */
export type Made = Pick<Postback, "postbackId" | "postbackStatus" | "postbackType">;

const note = v.object({
  version: v.literal(1),
  machine: v.string(),
  pid: v.number(),
  started: v.string(),
  at: v.number(),
  until: v.number(),
  before: v.optional(v.array(v.number())),
  made: v.optional(
    v.object({ postbackId: v.number(), postbackStatus: v.string(), postbackType: v.string() }),
  ),
  undone: v.optional(v.boolean()),
  absent: v.optional(v.boolean()),
});

/** A line of a note's text: the note as it is now known. */
export function noteText(content: JournalEntry): string {
  return `${JSON.stringify({ version: 1, ...content })}\n`;
}

/**
 * The note as its last whole line tells it. A line that a crash cut short tells nothing; where it is the only one, writer
 * and end are unknown.
 */
export function noteFrom(text: string): JournalEntry | "unreadable" {
  const whole = text.slice(0, text.lastIndexOf("\n"));
  const last = whole.slice(whole.lastIndexOf("\n") + 1);
  try {
    const { version: _, ...content } = v.parse(note, JSON.parse(last));
    return content;
  } catch {
    return "unreadable";
  }
}
