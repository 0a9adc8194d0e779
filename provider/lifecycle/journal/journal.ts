import type { Clock } from "../../http/clock";
import {
  fingerprint,
  hash,
  POSTBACK_TYPE_IDS,
  type Postback,
  type PostbackDeclaration,
  typeIdOf,
} from "../../postback/postback";
import { UnsafeOperationError } from "../errors";
import { type JournalEntry, type Made, noteFrom, noteText } from "./entry";
import type { JournalFolder } from "./folder";
import { isRunning, type ProcessIdentity } from "./processIdentity";

/**
 * What is left of an earlier try at the same create: CAKE confirmed it, a look showed that it made nothing, or nobody
 * knows how it ended.
 */
export type Earlier =
  | { readonly kind: "made"; readonly record: Made }
  | {
      readonly kind: "unclear" | "absent";
      /** See {@link JournalEntry.before}. An equal record that is none of these is that try's doing. */
      readonly before: ReadonlySet<number> | undefined;
    };

/** Which resource of which stack makes which postback where. */
export interface CreateLockId {
  readonly domain: string;
  readonly origin: string | undefined;
  readonly declaration: Omit<PostbackDeclaration, "postbackStatus">;
}

/** A create of the same resource, declared otherwise, that an earlier run began and the engine never learned of. */
export interface Unfinished {
  readonly intent: CreateLock;
  readonly earlier: Earlier;
  /** Whether a record looks exactly like the one that was to be made. */
  readonly isOf: (row: Postback) => boolean;
}

const POLL_MS = 250;

/**
 * What this machine knows of creates beyond the life of a process: before a create is sent it is noted, so that a
 * run that is killed cannot be followed by one that makes the postback a second time. A note is kept until the
 * engine provably has the postback in its state.
 *
 * A note of a dead process is never changed: whoever takes over writes the next one, and only one process can.
 */
export class Journal {
  // What runs before this one left behind, by resource; names are looked up here before any file is touched.
  private left: Promise<Map<string, Set<string>>> | undefined;
  private served: { readonly undertaking: CreateLockId; readonly postbackId: number }[] = [];

  constructor(
    private readonly folder: JournalFolder,
    private readonly self: ProcessIdentity,
    private readonly clock: Clock,
    private readonly operationTimeoutMs: number,
  ) {}

  of(undertaking: CreateLockId): CreateLock {
    return this.named(nameOf(undertaking));
  }

  /** What earlier runs left of creates of the same resource with other values. */
  async unfinishedOf(undertaking: CreateLockId): Promise<Unfinished[]> {
    if (undertaking.origin === undefined) return [];
    const name = nameOf(undertaking);
    const names = (await this.leftBehind()).get(resourceIn(name)) ?? [];
    const others = [...names].filter((other) => other !== name);
    const found = await Promise.all(
      others.map(async (other) => {
        const intent = this.named(other);
        const earlier = await intent.earlier();
        return earlier && { intent, earlier, isOf: (row: Postback) => isNamed(other, undertaking, row) };
      }),
    );
    return found.filter((other) => other !== undefined);
  }

  /** The engine has this record in its state: a note that says so has served. */
  recorded(undertaking: CreateLockId, postbackId: number): void {
    this.served.push({ undertaking, postbackId });
  }

  /** Removes the notes that have served. Never fails: one that stays does no harm. */
  async tidy(): Promise<void> {
    if (this.served.length === 0) return;
    const left = await this.leftBehind().catch(() => new Map<string, Set<string>>());
    const { served } = this;
    this.served = [];
    // Most runs find nothing left, and the names of what is not there need not be made.
    if (left.size === 0) return;
    const named = served.map(({ undertaking, postbackId }) => [nameOf(undertaking), postbackId] as const);
    const present = named.filter(([name]) => left.get(resourceIn(name))?.delete(name));
    await Promise.all(present.map(([name, id]) => this.remove(name, id).catch(() => undefined)));
  }

  private named(name: string): CreateLock {
    return new CreateLock(name, this.folder, this.self, this.clock, this.operationTimeoutMs);
  }

  private leftBehind(): Promise<Map<string, Set<string>>> {
    this.left ??= this.folder.names().then((files) => byResource(files));
    return this.left;
  }

  private async remove(name: string, postbackId: number): Promise<void> {
    const { last, generation } = await lastOf(this.folder, name);
    if (last !== undefined && last !== "unreadable" && last.made?.postbackId === postbackId)
      await removeUpTo(generation, this.folder, name);
  }
}

/** The note about one create, and the earlier ones of the same. */
export class CreateLock {
  private generation = 0;
  private note: JournalEntry | undefined;

  constructor(
    private readonly name: string,
    private readonly folder: JournalFolder,
    private readonly self: ProcessIdentity,
    private readonly clock: Clock,
    private readonly operationTimeoutMs: number,
  ) {}

  /** Where the notes lie, for a person who has settled the create by hand. */
  get path(): string {
    return this.folder.pathOf(this.generation > 1 ? `${this.name}.*` : fileOf(this.name, 1));
  }

  /** What earlier runs left. Waits for a process that is still at it. */
  async earlier(): Promise<Earlier | undefined> {
    const patience = this.clock.now() + this.operationTimeoutMs;
    for (;;) {
      const { last, generation } = await lastOf(this.folder, this.name);
      this.generation = generation;
      if (last === undefined || (last !== "unreadable" && last.undone)) return undefined;
      if (last === "unreadable") return { kind: "unclear", before: undefined };
      if (last.made) return { kind: "made", record: last.made };
      const before = last.before && new Set(last.before);
      if (last.absent) return { kind: "absent", before };
      if (!this.isStillAtIt(last)) return { kind: "unclear", before };
      if (this.clock.now() >= patience) throw this.stillHeld(last);
      await this.clock.sleep(POLL_MS);
    }
  }

  /** Notes durably that the create is about to be sent. Refuses if another process began it meanwhile. */
  async begin(before: readonly number[] | undefined): Promise<void> {
    const at = this.clock.now();
    this.note = { ...this.self, at, until: at + 2 * this.operationTimeoutMs, before };
    this.generation += 1;
    if (await this.folder.create(fileOf(this.name, this.generation), noteText(this.note))) return;
    throw new UnsafeOperationError(
      "Another run has just begun to create this same postback. Nothing was sent by this one. Wait for the other to end, then run again.",
    );
  }

  /** CAKE has confirmed the record; the engine has still to learn of it. */
  made({ postbackId, postbackStatus, postbackType }: Made): Promise<void> {
    return this.rewrite({ made: { postbackId, postbackStatus, postbackType } });
  }

  /** Nothing was made. */
  undo(): Promise<void> {
    if (this.generation > 1) return this.rewrite({ undone: true });
    return this.folder.remove(fileOf(this.name, 1)).catch(() => undefined);
  }

  /** The request went out, no answer came, and a look showed that nothing was made. */
  seenAbsent(): Promise<void> {
    return this.rewrite({ absent: true });
  }

  /** The postback came to this resource in another way, as by adoption. */
  async forget(): Promise<void> {
    const { generation } = await lastOf(this.folder, this.name);
    await removeUpTo(generation, this.folder, this.name);
    this.generation = 0;
  }

  // A note that stays as it is makes the next run look once more. What CAKE has just answered must not be lost for it.
  private async rewrite(more: Partial<JournalEntry>): Promise<void> {
    if (this.note === undefined) return;
    this.note = { ...this.note, ...more };
    const text = noteText(this.note);
    await this.folder.append(fileOf(this.name, this.generation), text).catch(() => undefined);
  }

  private isStillAtIt(note: JournalEntry): boolean {
    const { machine, pid, started } = this.self;
    if (note.machine === machine && note.pid === pid && note.started === started) return false;
    const running = isRunning(note, this.self);
    return running === "unknown" ? this.clock.now() < note.until : running;
  }

  private stillHeld({ pid, machine }: JournalEntry): UnsafeOperationError {
    const who =
      machine === this.self.machine ? `process ${pid} of this machine` : "a process of another machine";
    return new UnsafeOperationError(
      `An earlier run is still creating this same postback (${who}). Nothing was sent by this one. Wait for the other to end or stop it, then run again.`,
    );
  }
}

async function lastOf(
  folder: JournalFolder,
  name: string,
): Promise<{ last: JournalEntry | "unreadable" | undefined; generation: number }> {
  let last: JournalEntry | "unreadable" | undefined;
  for (let generation = 1; ; generation += 1) {
    const text = await folder.read(fileOf(name, generation));
    if (text === undefined) return { last, generation: generation - 1 };
    last = noteFrom(text);
  }
}

async function removeUpTo(last: number, folder: JournalFolder, name: string): Promise<void> {
  // The first one goes last: as long as it is there, nobody begins anew.
  for (let generation = last; generation >= 1; generation -= 1) await folder.remove(fileOf(name, generation));
}

// The resource stands in front, so that all its creates can be found, whatever was declared.
function nameOf({ domain, origin = "", declaration }: CreateLockId): string {
  return `${hash([domain, origin])}-${hash([domain, origin, fingerprint(declaration)])}`;
}

function resourceIn(name: string): string {
  return name.slice(0, name.indexOf("-"));
}

function isNamed(name: string, { domain, origin }: CreateLockId, row: Postback): boolean {
  const typeId = typeIdOf(row.postbackType);
  const typeIds = typeId === undefined ? POSTBACK_TYPE_IDS : [typeId];
  return typeIds.some(
    (postbackTypeId) => nameOf({ domain, origin, declaration: { ...row, postbackTypeId } }) === name,
  );
}

function byResource(files: readonly string[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const file of files) {
    const name = /^(?<name>[0-9a-f]+-[0-9a-f]+)\.1$/.exec(file)?.groups?.name;
    if (name === undefined) continue;
    const resource = resourceIn(name);
    names.set(resource, (names.get(resource) ?? new Set()).add(name));
  }
  return names;
}

function fileOf(name: string, generation: number): string {
  return `${name}.${generation}`;
}
