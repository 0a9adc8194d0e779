import * as v from "valibot";
import { FORMATS, isNewer } from "../../formats/formats";
import { messages as formats } from "../../formats/messages";
import { attempt } from "../attempt";
import { UnsafeOperationError } from "../errors";
import { phrases } from "../messages";
import type { JournalFile, JournalFolder } from "./folder";
import { formatLine, parseLine } from "./lines";
import { hasEnded, type ProcessIdentity, processIdentity } from "./processIdentity";

/**
 * What a provider process of a run did with a record: `kept` by a resource that stays, `taken` by one that adopted it,
 * `asked` for by a create that was refused, `deactivated`, `released` by a resource that has another one now.
 */
type RunAction = "kept" | "taken" | "asked" | "deactivated" | "released";

export interface RunRecord {
  readonly action: RunAction;
  readonly postbackId: number;
  /** The identity of the resource. */
  readonly urn?: string | undefined;
}

const LONGEST_RUN_MS = 7 * 86_400_000;

/** The folder of these files, in that of the journal. */
export const RUNS = "runs";

const record = v.object({
  action: v.picklist(["kept", "taken", "asked", "deactivated", "released"]),
  postbackId: v.number(),
  urn: v.optional(v.string()),
});

// The process stands in the first line in every version, and in newer ones the version of the format.
const head = v.object({ ...processIdentity.entries, version: v.optional(v.unknown()) });

/** Another process of the run, as far as its file was read. */
interface Other {
  /** Whether it runs on this machine. */
  readonly isAlive: () => boolean;
  /** If not, nothing but its age says whether it has ended: the folder may be shared. */
  readonly isOfThisMachine: boolean;
  /** The version of the file's format, where this package does not know it: what the records mean is unknown then. */
  readonly newer: unknown;
  readonly records: Map<number, RunRecord>;
  read: number;
}

/**
 * What the processes of one run know of each other's records: the run of one engine may have several, one for each
 * provider, and they share nothing but the engine's address. Each writes a file of its own and reads those of the others
 * that are alive; the files of processes that have ended are removed.
 */
export class RunRecords {
  private file: JournalFile | undefined;
  private readonly others = new Map<string, Other>();

  /** @param run What the processes of one run have in common, and no others: engine address and instance, hashed. */
  constructor(
    private readonly folder: JournalFolder,
    private readonly run: string,
    private readonly self: ProcessIdentity,
  ) {}

  /** Tells the other processes. Throws where the journal cannot be used. */
  write(one: RunRecord): void {
    this.file ??= this.begin();
    this.file.append(formatLine(one));
  }

  /** What other processes of the run did last with a record. Throws where this version cannot read what one of them did. */
  of(postbackId: number): RunRecord[] {
    return this.readOthers().flatMap(({ records }) => records.get(postbackId) ?? []);
  }

  private begin(): JournalFile {
    for (const name of this.folder.names()) this.removeIfEnded(name);
    return this.folder.create(this.ownName, formatLine(this.self));
  }

  private get ownName(): string {
    return `${this.run}-${this.self.pid}-${this.self.opening}`;
  }

  // What a newer version may still need is that version's to remove. A file that cannot be read now may be removed later.
  private removeIfEnded(name: string): void {
    const other = attempt(() => this.open(name));
    if (other === undefined || other.newer !== undefined || other.isAlive()) return;
    const isOld = Date.now() - (this.folder.changedAt(name) ?? 0) > LONGEST_RUN_MS;
    if (other.isOfThisMachine || isOld) attempt(() => this.folder.remove(name));
  }

  private readOthers(): Other[] {
    const names = this.folder
      .names()
      .filter((name) => name.startsWith(`${this.run}-`) && name !== this.ownName);
    return names.flatMap((name) => {
      const other = this.others.get(name) ?? this.open(name);
      if (other === undefined || !other.isAlive()) return [];
      if (other.newer !== undefined) {
        const what = phrases.fileOfRun(name);
        throw new UnsafeOperationError(
          formats.newer(what, other.newer, FORMATS.runFile, phrases.ofNoRun(name)),
        );
      }
      this.others.set(name, other);
      this.readOn(name, other);
      return [other];
    });
  }

  private open(name: string): Other | undefined {
    const text = this.folder.read(name);
    const end = text?.indexOf("\n") ?? -1;
    if (text === undefined || end === -1) return undefined;
    const writer = v.safeParse(head, parseLine(text.slice(0, end)));
    if (!writer.success) return undefined;
    const { version, ...identity } = writer.output;
    // The engine's address is of this machine, so a process of another one, or from before its last start, has another run.
    const isOfThisMachine = identity.machine === this.self.machine;
    const isAlive = () => isOfThisMachine && !hasEnded(identity, this.self);
    const newer = isNewer("runFile", version) ? version : undefined;
    return {
      isAlive,
      isOfThisMachine,
      newer,
      records: new Map(),
      read: Buffer.byteLength(text.slice(0, end + 1)),
    };
  }

  private readOn(name: string, other: Other): void {
    for (;;) {
      const text = this.folder.read(name, other.read) ?? "";
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      if (whole === "") return;
      other.read += Buffer.byteLength(whole);
      for (const one of whole.split("\n")) {
        const known = v.safeParse(record, parseLine(one));
        if (known.success) other.records.set(known.output.postbackId, known.output);
      }
    }
  }
}
