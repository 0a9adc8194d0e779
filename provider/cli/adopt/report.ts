/** What `adopt` did. The names of its fields are stable. */
export interface AdoptReport {
  readonly version: 1;
  /** Host and port of the CAKE instance. */
  readonly instance: string;
  /** The postbacks in CAKE's list. */
  readonly live: number;
  /** The calls to CAKE, none of them a write. */
  readonly calls: number;
  /** Why the list may be incomplete; empty if it is complete. */
  readonly incomplete: readonly string[];
  /** The postbacks that the options select. */
  readonly selected: number;
  /** The selected postbacks that this stack manages already. */
  readonly managed: number;
  /** The selected postbacks that another stack manages. */
  readonly managedElsewhere: number;
  /** The postbacks that get code, as adopted.json lists them. */
  readonly toAdopt: readonly AdoptedEntry[];
  /** IDs of postbacks that an earlier run has written, and that the state lacks. */
  readonly writtenNotImported: readonly number[];
  /** Postbacks that cannot be adopted. */
  readonly notAdoptable: readonly { readonly id: number; readonly reason: string }[];
  /** IDs of affiliates that --partners names, and that have no postback in CAKE's list. */
  readonly unknownPartners: readonly number[];
  /** IDs that --ids names, and that CAKE's list does not show. */
  readonly unknownIds: readonly number[];
  /** The files that were written, from the project's folder. */
  readonly written: readonly string[];
  /** The line that the program needs; null if no code was written. */
  readonly programLine: string | null;
  /** The program's file, from the project's folder. */
  readonly program: string;
  /** The commands that finish the adoption; empty if nothing is left to do. */
  readonly next: readonly string[];
  /** How many postbacks this run has imported. */
  readonly imported: number;
  /** What the preview after the import shows, by Pulumi's words; null if none ran. */
  readonly preview: {
    readonly changes: Readonly<Record<string, number>>;
    readonly errors: readonly string[];
  } | null;
}

/** A postback as adopted.json lists it. */
interface AdoptedEntry {
  readonly id: number;
  /** The name of its resource. */
  readonly name: string;
  /** The file that declares it, in the folder of adopted.json. */
  readonly file: string;
  /** The names of its secrets in the stack's configuration. */
  readonly secrets: readonly string[];
}

/** Whether the preview after the import shows no change. */
export function isUnchanged({ preview }: AdoptReport): boolean {
  if (preview === null) return true;
  const { same: _, ...others } = preview.changes;
  return preview.errors.length === 0 && Object.keys(others).length === 0;
}
