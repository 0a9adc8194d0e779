import * as v from "valibot";
import { FORMATS } from "../../formats/formats";
import {
  hash,
  POSTBACK_TYPE_IDS,
  type Postback,
  type PostbackDeclaration,
  typeIdOf,
} from "../../postback/postback";
import { formatLine, parseLine } from "./lines";
import { processIdentity } from "./processIdentity";

/** What one create is about. */
export interface CreateSubject {
  /** Host and port of the instance. */
  readonly domain: string;
  /** The identity of the resource; undefined for resources of other makers. */
  readonly urn: string | undefined;
  readonly declaration: Omit<PostbackDeclaration, "postbackStatus">;
}

/** A record as CAKE confirmed it, without its URL, which may hold a partner's secret. */
export type Made = Pick<Postback, "postbackId" | "postbackStatus" | "postbackType">;

/**
 * How far a create came: `taken` before anything was sent, `sent` from right before the request on, `made` when CAKE has
 * confirmed the record.
 */
export type Phase = "taken" | "sent" | "made";

/** What the journal holds about one create. Hashes, IDs and words of CAKE only. */
export interface JournalEntry extends v.InferOutput<typeof head> {
  readonly name: string;
  readonly phase: Phase;
  readonly made?: Made | undefined;
}

/** A file with the name of an entry, whose first line is complete and not one that this version reads. */
export interface UnreadableEntry {
  readonly name: string;
  /** What the line calls its version. */
  readonly version: unknown;
}

const head = v.object({
  version: v.literal(FORMATS.journalEntry),
  domain: v.string(),
  affiliateId: v.number(),
  offerId: v.number(),
  /** The hash of the resource's URN. */
  urn: v.optional(v.string()),
  /** The address of the engine that asked for the create. */
  engine: v.string(),
  process: processIdentity,
  /** The IDs that affiliate and offer had before; missing where CAKE could not be asked. */
  before: v.optional(v.array(v.number())),
});

export type EntryHead = v.InferOutput<typeof head>;

const made = v.object({ postbackId: v.number(), postbackStatus: v.string(), postbackType: v.string() });
const later = v.object({ phase: v.picklist(["sent", "made"]), made: v.optional(made) });

/** The first line of an entry. */
export function headLine(content: Omit<EntryHead, "version">): string {
  return formatLine({ version: FORMATS.journalEntry, ...content });
}

/** The line that says how far the create came since. */
export function phaseLine(phase: Exclude<Phase, "taken">, record?: Made): string {
  return formatLine({ phase, made: record && pick(record) });
}

/**
 * The entry as its complete lines have it; undefined if not even the first one is complete. Then nothing was sent: an entry
 * is durable before its request goes out, in every version.
 */
export function entryFrom(name: string, text: string): JournalEntry | UnreadableEntry | undefined {
  const lines = text.split("\n").slice(0, -1);
  if (lines.length === 0) return undefined;
  const [first, ...more] = lines.map(parseLine);
  const known = v.safeParse(head, first);
  if (!known.success) return { name, version: v.is(versioned, first) ? first.version : undefined };
  const phases = more
    .map((one) => v.safeParse(later, one))
    .flatMap((one) => (one.success ? [one.output] : []));
  return { name, ...known.output, phase: "taken", ...phases.at(-1) };
}

const versioned = v.object({ version: v.unknown() });

export function isReadable(entry: JournalEntry | UnreadableEntry): entry is JournalEntry {
  return "phase" in entry;
}

/** Whether a file of the journal has the name of an entry. No version changes how that is made. */
export function isEntryName(name: string): boolean {
  return /^[0-9a-f]+-[0-9a-f]+-[0-9a-f]+$/.test(name);
}

/** How the names of entries begin that are about the same affiliate and offer of an instance. */
export function pairPrefix(
  domain: string,
  { affiliateId, offerId }: Pick<Postback, "affiliateId" | "offerId">,
): string {
  return `${hash([domain, affiliateId, offerId])}-`;
}

/** How the names of entries go on that are about the same type and URL. */
export function subjectHash({ postbackTypeId, postbackUrl }: CreateSubject["declaration"]): string {
  return hash([postbackTypeId, postbackUrl]);
}

/** Whether an entry is about this postback. */
export function isAbout(entry: JournalEntry, declaration: CreateSubject["declaration"]): boolean {
  return (
    entry.affiliateId === declaration.affiliateId &&
    entry.offerId === declaration.offerId &&
    entry.name.split("-")[1] === subjectHash(declaration)
  );
}

/** Whether a live postback is, byte for byte, what an entry is about. A type that no article names may be any. */
export function isSubjectOf(row: Postback, entry: JournalEntry): boolean {
  const known = typeIdOf(row.postbackType);
  const typeIds = known === undefined ? POSTBACK_TYPE_IDS : [known];
  return typeIds.some((postbackTypeId) => isAbout(entry, { ...row, postbackTypeId }));
}

function pick({ postbackId, postbackStatus, postbackType }: Made): Made {
  return { postbackId, postbackStatus, postbackType };
}
