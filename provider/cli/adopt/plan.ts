import type { LiveRow, Source } from "../input/live/source";
import type { Stack } from "../input/stacks";
import { declarationOf, isAdoptable, type Unadoptable } from "./adoptable";
import { liveSecrets } from "./code/liveSecrets";
import { type Layout, programOf } from "./code/program";
import { type Declared, declaredIn } from "./code/scan";
import { holdsSecret } from "./code/secrets";
import { namesFor } from "./names";
import type { AdoptedRow } from "./row";
import { isSelected, type Selection } from "./select";
import type { ImportedRow } from "./state";

/** All that decides what is adopted. */
export interface Facts {
  readonly source: Source;
  readonly selection: Selection;
  /** The stack that takes them over. */
  readonly stack: Stack;
  /** Stacks whose postbacks are left to them. */
  readonly others: readonly Stack[];
  /** The text of each file among the postbacks, by its name. */
  readonly code: ReadonlyMap<string, string>;
  /** What people call an affiliate, by its id. */
  readonly partners: ReadonlyMap<number, string>;
  /** Undefined: as an earlier run has chosen, else by size. */
  readonly layout: Layout | undefined;
  /** The secret configuration so far. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Secrets that an earlier run wrote aside; the configuration may have them or not. */
  readonly left: Readonly<Record<string, string>>;
}

/** What is to be written. */
export interface Plan {
  readonly selected: number;
  /** Managed by this stack already. */
  readonly managed: number;
  /** Managed by another stack. */
  readonly elsewhere: number;
  readonly unadoptable: readonly Unadoptable[];
  /** Postbacks that get new code. */
  readonly declared: number;
  /** Files of code that are new or get new lines, with their whole text. */
  readonly files: ReadonlyMap<string, string>;
  /** The secret configuration, with all that the code refers to and whose value is known. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Names of secrets that the code refers to, and whose value nothing here tells. */
  readonly unknownSecrets: readonly string[];
  /** What the state lacks, whether its code is new or was written by an earlier run. */
  readonly imports: readonly ImportedRow[];
}

/** Decides what to adopt. What is managed, or in the code, stays as it is. No I/O. */
export function planFor(facts: Facts): Plan {
  const { source, selection, stack, others, code, layout } = facts;
  const selected = source.rows.filter((row) => isSelected(row, selection));
  const [own, foreign] = [idsOn(source, [stack]), idsOn(source, others)];
  const free = selected.filter(({ id }) => !own.has(id) && !foreign.has(id));
  const before = declaredIn(code.values());
  const { names, rewritten } = before;
  const read = free.map((row) => (rewritten.has(row.id) ? REWRITTEN(row) : declarationOf(row)));
  const rows = read.filter(isAdoptable);
  const fresh = rows.filter(({ postbackId }) => !names.has(postbackId));
  const taken = new Set([...names.values(), ...stack.postbacks.map(({ name }) => name)]);
  const { resources, partners } = namesFor(fresh, taken, facts.partners, owned(source));
  const named = rows.map((row): AdoptedRow => {
    const { postbackId } = row;
    return { ...row, name: names.get(postbackId) ?? resources.get(postbackId) ?? "" };
  });
  const known = knownSecrets(facts, before);
  const program = programOf(named, code, { layout, partners, secrets: known });
  return {
    selected: selected.length,
    managed: selected.filter(({ id }) => own.has(id)).length,
    elsewhere: selected.filter(({ id }) => foreign.has(id) && !own.has(id)).length,
    unadoptable: read.filter((row): row is Unadoptable => !isAdoptable(row)),
    declared: fresh.length,
    files: program.files,
    secrets: { ...known, ...program.secrets },
    unknownSecrets: [...before.secrets].filter((name) => !Object.hasOwn(known, name)),
    imports: withTypes(named, free),
  };
}

/** What the stack has counts first, and what an earlier run left aside only where nothing else tells it. */
function knownSecrets(
  { source, secrets, left }: Facts,
  { references, secrets: used }: Declared,
): Record<string, string> {
  const urls = new Map(source.rows.map(({ id, url }) => [id, url]));
  const told = { ...left, ...liveSecrets(references, urls) };
  return { ...Object.fromEntries(Object.entries(told).filter(([name]) => used.has(name))), ...secrets };
}

function owned({ rows }: Source) {
  return rows.flatMap(({ id: postbackId, affiliateId, url: postbackUrl }) =>
    affiliateId === null ? [] : [{ postbackId, affiliateId, postbackUrl }],
  );
}

// Without its name there is no telling which resource of the program the record belongs to.
const REWRITTEN = ({ id }: LiveRow): Unadoptable => ({
  postbackId: id,
  why: "its id stands in the code, but not beside a name as adopt writes it: import it by hand",
});

function idsOn({ hosts }: Source, stacks: readonly Stack[]): Set<number> {
  const here = stacks
    .flatMap(({ postbacks }) => postbacks)
    .filter(({ instance }) => instance !== undefined && hosts.includes(instance));
  return new Set(here.map(({ id }) => id));
}

function withTypes(rows: readonly AdoptedRow[], live: readonly LiveRow[]): ImportedRow[] {
  const types = new Map(live.map(({ id, type }) => [id, type ?? ""]));
  return rows.map((row) => ({
    ...row,
    postbackType: types.get(row.postbackId) ?? "",
    isSecret: holdsSecret(row.postbackUrl),
  }));
}
