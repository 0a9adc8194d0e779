import { formatMessage, type Message } from "../../message";
import { stripControlChars } from "../output/stripControlChars";
import { messages, phrases } from "./messages";
import type { JournalContent, JournalCreate, JournalNote } from "./report";

/** What a person has to do about an entry depends on how far its create came, and on whether it may still go on. */
type Fate = "running" | "sent" | "notSent" | "made" | "others" | "saved";

const MESSAGES: Readonly<Record<Fate, (count: number) => Message>> = {
  running: messages.journalRunning,
  sent: messages.journalSent,
  notSent: messages.journalNotSent,
  made: messages.journalMade,
  others: messages.journalOthers,
  saved: messages.journalSaved,
};

/** The journal for a terminal; nothing where it is empty. */
export function journalText({ problem, creates, others }: JournalContent, now: number): string[] {
  const fates = Object.entries(MESSAGES) as [Fate, (count: number) => Message][];
  return [
    ...fates.flatMap(([fate, toMessage]) => {
      const lines = creates.filter((one) => fateOf(one) === fate).map((one) => createLine(one, now));
      return linesText(lines, toMessage, fate === "saved" ? 0 : MAX_LINES);
    }),
    ...notesText(
      others.filter(({ kind }) => kind === "unreadable"),
      messages.journalUnreadable,
    ),
    ...notesText(
      others.filter(({ kind }) => kind !== "unreadable"),
      messages.journalNotEntries,
    ),
    ...(problem === null ? [] : [formatMessage(messages.journalNotRead(stripControlChars(problem)))]),
  ];
}

// Of a process that may run elsewhere, nobody knows whether it is about to send.
function fateOf({ phase, process, isInState, urn }: JournalCreate): Fate {
  if (phase === "made") return isInState ? "saved" : urn === null ? "others" : "made";
  if (process === "running") return "running";
  return phase === "taken" && process === "ended" ? "notSent" : "sent";
}

function createLine(one: JournalCreate, now: number): string {
  const id = one.postbackId === null ? "" : ` (${one.postbackId})`;
  const name = one.name === null ? phrases.notInExport : stripControlChars(one.name);
  const age = ageOf(now - Date.parse(one.changedAt));
  const mayRun = one.phase !== "made" && one.process === "unknown" ? phrases.mayRun : "";
  return `  ${name}${id}: affiliate ${one.affiliateId}, offer ${one.offerId}, on ${stripControlChars(one.instance)}, ${age}${mayRun}`;
}

function notesText(notes: readonly JournalNote[], toMessage: (count: number) => Message): string[] {
  const lines = notes.map(({ kind, file, version }) => {
    const more = version !== null ? phrases.ofVersion(version) : kind === "incomplete" ? phrases.cut : "";
    return `  ${stripControlChars(file)}${more}`;
  });
  return linesText(lines, toMessage, MAX_LINES);
}

function linesText(lines: readonly string[], toMessage: (count: number) => Message, most: number): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, most);
  const more = lines.length > shown.length && most > 0 ? [phrases.more(lines.length - shown.length)] : [];
  return [formatMessage(toMessage(lines.length)), ...(most > 0 ? [[...shown, ...more].join("\n")] : [])];
}

// A large run leaves thousands of entries until the next one.
const MAX_LINES = 10;

const UNITS = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
] as const;

/** A clock that was set back since makes nothing of the future. */
function ageOf(ms: number): string {
  const [length, unit] = UNITS.find(([one]) => ms >= one) ?? [];
  if (length === undefined) return phrases.justNow;
  const count = Math.floor(ms / length);
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}
