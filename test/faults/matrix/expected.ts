import type { Managed } from "./estate";
import type { RemarkName } from "./messages";
import type { Course, End, Left, Part, PerPart } from "./table";

/** What became of a run. */
export interface Outcome {
  readonly ends: Partial<Record<Part, End>>;
  readonly sent: number;
  readonly leaves?: Partial<Record<Part, Left>>;
  readonly remarks: readonly RemarkName[];
}

/** What the table says of the run under the fault, in full. */
export function expectedUnder(
  { ends, sent, leaves, remarks = [] }: Course,
  resources: readonly Managed[],
): Outcome {
  const full = endsOf(ends, resources);
  const left = resources.flatMap(({ part }): [Part, Left][] =>
    isRead(part) ? [] : [[part, wordFor(leaves, part) ?? (full[part] === "succeeds" ? "done" : "before")]],
  );
  return {
    ends: full,
    sent,
    leaves: Object.fromEntries(left),
    remarks,
  };
}

/** What it says of the next run. */
export function expectedAfter(
  { next, nextSent, nextRemarks = [] }: Course,
  resources: readonly Managed[],
): Outcome {
  return { ends: endsOf(next, resources), sent: nextSent, remarks: nextRemarks };
}

function endsOf(ends: PerPart<End>, resources: readonly Managed[]): Partial<Record<Part, End>> {
  return Object.fromEntries(resources.map(({ part }) => [part, wordFor(ends, part) ?? "succeeds"]));
}

function wordFor<Word>(words: PerPart<Word> | undefined, part: Part): Word | undefined {
  return typeof words === "object" ? (words as Partial<Record<Part, Word>>)[part] : words;
}

export function isRead(part: Part): boolean {
  return part === "read" || part === "first" || part === "last";
}
