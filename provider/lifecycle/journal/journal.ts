import { randomBytes } from "node:crypto";
import type { Clock } from "../../http/clock";
import type { Postback } from "../../postback/postback";
import { attempt } from "../attempt";
import { CreatedMeanwhile } from "../errors";
import { messages } from "../messages";
import {
  type CreateSubject,
  entryFrom,
  headLine,
  isEntryName,
  isReadable,
  isSubjectOf,
  type JournalEntry,
  type Made,
  pairPrefix,
  phaseLine,
  subjectHash,
  type UnreadableEntry,
} from "./entry";
import type { JournalFile, JournalFolder } from "./folder";
import { hasEnded, type ProcessIdentity } from "./processIdentity";
import { unreadableEntry } from "./unreadable";

export interface JournalOptions {
  readonly folder: JournalFolder;
  readonly self: ProcessIdentity;
  readonly clock: Clock;
  /** The address of the engine that this process serves. */
  readonly engine: string;
  /** The hosts under which the instance is and was known. */
  readonly domains: readonly string[];
  /** How long a create that nobody saw the end of may still be under way, in milliseconds. */
  readonly windowMs: number;
}

/** What the journal holds about the creates that concern one create. */
export interface Concerning {
  /** Creates of the same affiliate and offer, or of the same resource, that nobody saw the end of. */
  readonly unfinished: readonly JournalEntry[];
  /** Postbacks of the same affiliate and offer that were made and that no run's state has shown since. */
  readonly made: readonly JournalEntry[];
  /** Entries of the same affiliate and offer that this version cannot read, and that no person has decided on. */
  readonly unreadable: readonly UnreadableEntry[];
}

const POLL_MS = 250;

/**
 * What this machine knows of creates beyond the life of a process. An entry is written before a create is sent, so that a
 * run that is killed cannot be followed by one that makes the postback a second time. It ends when the state of any run
 * shows the record, or when nothing was provably made.
 *
 * No name is ever used twice, so an entry can be removed without a check who else may be reading it. Two creates of one
 * affiliate and offer exclude one another like this: each writes its entry first and lists the others then; whoever sees
 * an unfinished one takes its own back.
 */
export class Journal {
  private readonly firstSeen = new Map<string, number>();
  private readonly own = new Set<string>();
  private readonly unreadable = new Map<string, UnreadableEntry>();
  private readonly decided = new Set<string>();
  private index: Map<string, JournalEntry> | undefined;

  constructor(private readonly options: JournalOptions) {}

  /** Makes sure that the journal can be used. Throws one error that says why not. */
  open(): void {
    this.options.folder.open();
  }

  /** A state shows the record with this id: the entries that name it have served. Never fails: one that stays does no harm. */
  seen(postbackId: number): void {
    const entries = attempt(() => [...this.entries().values()]) ?? [];
    for (const entry of entries) if (entry.made?.postbackId === postbackId) this.end(entry);
  }

  /**
   * Whether a create that this machine remembers made the record with this ID. Where there is a list, those of another
   * affiliate or offer are in it, or gone.
   */
  hasMade(postbackId: number, subject: CreateSubject, hasList: boolean): boolean {
    const newer = this.concerning(subject).made.filter((entry) => !hasList || !this.wasLookedFor(entry));
    const known = hasList ? newer : [...this.entries().values(), ...newer];
    return known.some(({ made }) => made?.postbackId === postbackId);
  }

  /**
   * A resource has taken a record as its own: what its earlier creates left, and what made this record, is settled as soon
   * as a state shows it.
   */
  settledBy(row: Postback, urn: string | undefined): void {
    for (const entry of this.entries().values()) {
      const isOfPair = entry.affiliateId === row.affiliateId && entry.offerId === row.offerId;
      const isNew = entry.made === undefined && !entry.before?.includes(row.postbackId);
      const isIts = isSubjectOf(row, entry) || (urn !== undefined && entry.urn === urn);
      if (isOfPair && isNew && isIts) this.options.folder.append(entry.name, phaseLine("made", row));
    }
  }

  /** The entries that concern a create, as far as they are known: what came since is found when its lock is taken. */
  concerning({ declaration, urn }: CreateSubject): Concerning {
    const prefixes = this.prefixesOf(declaration);
    const isOfPair = ({ name }: JournalEntry) => prefixes.some((prefix) => name.startsWith(prefix));
    const isOfResource = (entry: JournalEntry) => urn !== undefined && entry.urn === urn;
    const others = [...this.entries().values()].filter(({ name }) => !this.own.has(name));
    return {
      unfinished: others.filter((entry) =>
        entry.phase === "made" ? isOfResource(entry) : isOfPair(entry) || isOfResource(entry),
      ),
      made: others.filter((entry) => entry.phase === "made" && isOfPair(entry)),
      unreadable: [...this.unreadable.values()].filter(
        (entry) => prefixes.some((prefix) => entry.name.startsWith(prefix)) && this.isUndecided(entry),
      ),
    };
  }

  /** A person has decided that nothing came of an entry that this version cannot read. It stays for the version that wrote it. */
  decide({ name }: UnreadableEntry): void {
    this.decided.add(name);
  }

  // It may have ended since.
  private isUndecided({ name }: UnreadableEntry): boolean {
    this.readAgain(name);
    return this.unreadable.has(name) && !this.decided.has(name);
  }

  /**
   * Waits until an unfinished create can be decided on: its process has provably ended, or its window is over. Gives what
   * the entry says then, or nothing where it has ended.
   */
  async untilDecidable({ name }: JournalEntry, waiting: () => void): Promise<JournalEntry | undefined> {
    const { clock, self, windowMs } = this.options;
    const since = this.firstSeen.get(name) ?? clock.now();
    this.firstSeen.set(name, since);
    for (let isFirst = true; ; isFirst = false) {
      const entry = this.readAgain(name);
      if (entry === undefined || entry.phase === "made") return entry;
      const isOurs = entry.process.opening === self.opening;
      if (isOurs || hasEnded(entry.process, self) || clock.now() - since >= windowMs) return entry;
      if (isFirst) waiting();
      await clock.sleep(POLL_MS);
    }
  }

  /** Whether the process that wrote an entry provably ended. */
  hasEnded({ process: maker }: JournalEntry): boolean {
    return maker.opening === this.options.self.opening || hasEnded(maker, this.options.self);
  }

  /** Removes an entry that has served, or whose create provably made nothing. */
  end({ name }: Pick<JournalEntry, "name">): void {
    this.index?.delete(name);
    // One that cannot be removed is judged once more by the next run.
    attempt(() => this.options.folder.remove(name));
  }

  /** A lock for one create. Nothing is written before it is taken. */
  lock(subject: CreateSubject, before: readonly number[] | undefined): CreateLock {
    const { folder, self, engine } = this.options;
    const { affiliateId, offerId } = subject.declaration;
    const subjectName = `${pairPrefix(subject.domain, subject.declaration)}${subjectHash(subject.declaration)}`;
    let name = "";
    const head = headLine({
      domain: subject.domain,
      affiliateId,
      offerId,
      urn: subject.urn,
      engine,
      process: self,
      before: before && [...before],
    });
    return new CreateLock({
      name: () => name,
      write: () => {
        name = `${subjectName}-${randomBytes(8).toString("hex")}`;
        this.own.add(name);
        return folder.create(name, head);
      },
      syncName: () => folder.syncNames(),
      remove: () => {
        this.own.delete(name);
        this.end({ name });
      },
      release: () => this.own.delete(name),
      requireAlone: () => this.requireAlone(subject, before),
    });
  }

  private requireAlone(subject: CreateSubject, before: readonly number[] | undefined): void {
    this.readAnew(subject);
    const { unfinished, made, unreadable } = this.concerning(subject);
    for (const entry of unreadable) throw unreadableEntry(subject.declaration, entry);
    const [other] = [
      ...unfinished.filter(({ phase }) => phase !== "made"),
      ...made.filter((entry) => !before?.includes(entry.made?.postbackId ?? 0) && !this.wasLookedFor(entry)),
    ];
    if (other) throw new CreatedMeanwhile(messages.createdMeanwhile(subject.declaration));
  }

  private readonly lookedFor = new Set<string>();

  /** The list was asked for what this entry made, and does not show it. */
  notShown({ name }: JournalEntry): void {
    this.lookedFor.add(name);
  }

  wasLookedFor({ name }: JournalEntry): boolean {
    return this.lookedFor.has(name);
  }

  // What earlier runs left. Read once; what comes later is found by its name.
  private entries(): Map<string, JournalEntry> {
    if (this.index === undefined) {
      const names = this.options.folder.names();
      const found = names.flatMap((name) => this.read(name) ?? []);
      this.index = new Map(found.filter((entry) => this.isOfInstance(entry)).map((one) => [one.name, one]));
    }
    return this.index;
  }

  private readAnew({ declaration }: CreateSubject): void {
    const prefixes = this.prefixesOf(declaration);
    const isOfPair = (name: string) => prefixes.some((prefix) => name.startsWith(prefix));
    for (const name of this.options.folder.names())
      if (isOfPair(name) && !this.own.has(name)) this.readAgain(name);
  }

  // What is known of an entry must not outlive it: a create would wait for ever for one that another process has ended.
  private readAgain(name: string): JournalEntry | undefined {
    const entry = this.read(name);
    if (entry === undefined) this.entries().delete(name);
    else this.entries().set(name, entry);
    return entry;
  }

  private prefixesOf(declaration: CreateSubject["declaration"]): string[] {
    return this.options.domains.map((domain) => pairPrefix(domain, declaration));
  }

  private isOfInstance({ domain }: JournalEntry): boolean {
    return this.options.domains.includes(domain);
  }

  private read(name: string): JournalEntry | undefined {
    const text = isEntryName(name) ? this.options.folder.read(name) : undefined;
    const entry = text === undefined ? undefined : entryFrom(name, text);
    this.unreadable.delete(name);
    if (entry === undefined || isReadable(entry)) return entry;
    this.unreadable.set(name, entry);
    return undefined;
  }
}

interface LockSteps {
  readonly name: () => string;
  readonly write: () => JournalFile;
  readonly syncName: () => Promise<void>;
  readonly remove: () => void;
  readonly release: () => void;
  readonly requireAlone: () => void;
}

/** The right of one create to be sent, and what the journal keeps of it. */
export class CreateLock {
  private file: JournalFile | undefined;

  constructor(private readonly steps: LockSteps) {}

  /** The entry that messages name. */
  get name(): string {
    return this.steps.name();
  }

  /**
   * Takes the lock right before the request is sent. Throws `CreatedMeanwhile`, and takes nothing, if another has it. It is
   * taken anew for each sending: an earlier one provably did nothing, and whoever waited for it may have gone on since.
   */
  async take(): Promise<void> {
    if (this.file !== undefined) this.end();
    const file = this.steps.write();
    this.file = file;
    try {
      this.steps.requireAlone();
      file.append(phaseLine("sent"));
      await Promise.all([file.sync(), this.steps.syncName()]);
    } catch (error) {
      this.end();
      throw error;
    }
  }

  /** CAKE has confirmed the record; a state has still to show it. */
  made(record: Made): void {
    // An entry that stays as it is makes the next run check once more. What CAKE has just answered must not be lost for it.
    attempt(() => this.file?.append(phaseLine("made", record)));
    this.leave();
  }

  /** Nothing was made. */
  end(): void {
    this.file?.close();
    this.file = undefined;
    this.steps.remove();
  }

  /** Nobody saw the end: the entry stays for whoever comes next. */
  leave(): void {
    this.file?.close();
    this.file = undefined;
    this.steps.release();
  }
}
