import type { Environment } from "../../settings/environment";
import { attempt } from "../attempt";
import { entryFrom, isEntryName, isReadable, type JournalEntry } from "./entry";
import { JournalFolder, journalPath } from "./folder";
import { fateOf, thisProcess } from "./processIdentity";
import { RUNS } from "./runRecords";

/** A file of the journal, for a person who asks what is there. */
export type JournalFile =
  | {
      readonly kind: "entry";
      readonly entry: JournalEntry;
      /** What became of the process that wrote it. */
      readonly maker: ReturnType<typeof fateOf>;
      /** When it was changed last, in milliseconds since 1970. */
      readonly changedAt: number;
    }
  /** Its first line is complete, and not one that this version reads. */
  | { readonly kind: "unreadable"; readonly name: string; readonly version: unknown }
  /** Its first line was cut short, so nothing was sent. */
  | { readonly kind: "incomplete" | "notAnEntry"; readonly name: string };

/** What is in the journal of this machine. Changes nothing, and makes no folder. Throws why the folder cannot be read. */
export function inspectJournal(env: Environment): JournalFile[] {
  const path = journalPath(env);
  const folder = new JournalFolder(() => path);
  const names = folder.names().filter((name) => name !== RUNS);
  return names.sort().flatMap((name) => inspect(folder, name) ?? []);
}

function inspect(folder: JournalFolder, name: string): JournalFile | undefined {
  const changedAt = folder.changedAt(name);
  // Its run has ended it since.
  if (changedAt === undefined) return undefined;
  if (!isEntryName(name)) return { kind: "notAnEntry", name };
  const text = attempt(() => folder.read(name) ?? null);
  if (text === undefined) return { kind: "unreadable", name, version: undefined };
  if (text === null) return { kind: "notAnEntry", name };
  const entry = entryFrom(name, text);
  if (entry === undefined) return { kind: "incomplete", name };
  if (!isReadable(entry)) return { kind: "unreadable", ...entry };
  return { kind: "entry", entry, maker: fateOf(entry.process, thisProcess()), changedAt };
}
