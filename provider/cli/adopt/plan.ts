import type { LiveRow, Source } from "../input/live/source";
import type { Stack } from "../input/stacks";
import { declarationOf, isAdoptable, type Unadoptable, type Unnamed } from "./adoptable";
import { ADOPTED_FILE, type AdoptedList, type AdoptedPostback, adoptedText } from "./adopted";
import { indexText, type Layout, layoutFor, programOf } from "./code/program";
import { SecretNames } from "./code/secretNames";
import { secretsOf } from "./code/secretParts";
import { messages } from "./messages";
import { namesFor } from "./names";
import type { AdoptedRow } from "./row";
import { SECRETS } from "./secretSetting";
import { isSelected, type Selection } from "./select";
import type { ImportedRow } from "./state";

/** All that decides what is adopted. */
export interface PlanInputs {
  readonly source: Source;
  readonly selection: Selection;
  /** The stack that adopts them. */
  readonly stack: Stack;
  /** Stacks whose postbacks are left to them. */
  readonly others: readonly Stack[];
  /** What was adopted before. */
  readonly adopted: AdoptedList | undefined;
  /** The names of the files among the postbacks. */
  readonly fileNames: readonly string[];
  /** What people call an affiliate, by its ID. */
  readonly partners: ReadonlyMap<number, string>;
  /** Undefined: as before, else by size. */
  readonly layout: Layout | undefined;
  /** The secret configuration so far; undefined where it cannot be read. */
  readonly secrets: Readonly<Record<string, string>> | undefined;
}

/** What is to be written and imported. */
export interface Plan {
  readonly selected: number;
  /** Managed by this stack already. */
  readonly managed: number;
  /** Managed by another stack. */
  readonly managedElsewhere: number;
  readonly notAdoptable: readonly Unadoptable[];
  /** Postbacks that get code. */
  readonly fresh: readonly AdoptedPostback[];
  /** The IDs of postbacks that an earlier run has written, and that the state lacks. */
  readonly writtenNotImported: readonly number[];
  /** The files among the postbacks that are written, with their text, in the order of writing: the list comes first. */
  readonly files: ReadonlyMap<string, string>;
  /** The whole secret configuration; undefined where it stays as it is. */
  readonly secrets: Readonly<Record<string, string>> | undefined;
  /** What the state lacks. */
  readonly imports: readonly ImportedRow[];
}

/** Decides what to adopt. What is managed or listed stays as it is. No I/O; throws a message for people. */
export function planFor(inputs: PlanInputs): Plan {
  const { source, selection, others, adopted } = inputs;
  const listed = new Map(adopted?.postbacks.map((one) => [one.id, one]));
  const managed = managedBy(inputs);
  const elsewhere = idsOn(source, others);
  const isFree = ({ id }: LiveRow) => !managed.has(id) && !elsewhere.has(id);
  const selected = source.rows.filter((row) => isSelected(row, selection));
  const known = { ...valuesTold(source, listed), ...inputs.secrets };
  const pending = source.rows.filter((row) => isFree(row) && listed.has(row.id)).map(declarationOf);
  const found = selected.filter((row) => isFree(row) && !listed.has(row.id)).map(declarationOf);
  const rewritten = pending.filter(isAdoptable).map((row) => writtenRow(row, listed, known));
  const written = rewritten.filter(isAdoptable);
  const named = nameRows(found.filter(isAdoptable), inputs, known);
  const program = programFor(named.rows, inputs);
  const fresh = named.rows.map(
    ({ postbackId, name, secrets }): AdoptedPostback => ({
      ...{ id: postbackId, name, file: program.fileOf.get(postbackId) ?? "" },
      secrets: [...secrets],
    }),
  );
  const list = { version: 1 as const, instance: source.instance, postbacks: [...listed.values(), ...fresh] };
  const rows = [...written, ...named.rows];
  const live = new Set(source.rows.map(({ id }) => id));
  const gone = [...listed.keys()].filter((id) => !live.has(id) && !managed.has(id));
  return {
    selected: selected.length,
    managed: selected.filter(({ id }) => managed.has(id)).length,
    managedElsewhere: selected.filter(({ id }) => elsewhere.has(id) && !managed.has(id)).length,
    notAdoptable: [
      ...[...found, ...pending, ...rewritten].filter((row): row is Unadoptable => !isAdoptable<object>(row)),
      ...gone.map((postbackId) => ({ postbackId, why: messages.notLive(ADOPTED_FILE) })),
    ],
    fresh,
    writtenNotImported: written.map(({ postbackId }) => postbackId),
    files: rows.length === 0 ? new Map() : filesOf(list, fresh.length === 0 ? new Map() : program.files),
    secrets: secretsToSet(inputs, rows, list, named.secrets),
    imports: withTypes(rows, source),
  };
}

type Listed = ReadonlyMap<number, AdoptedPostback>;
type Secrets = Readonly<Record<string, string>>;

// Where its resource stands for another record now, as after a replacement, the old record is nothing to adopt.
function managedBy({ source, stack, adopted }: PlanInputs): Set<number> {
  const names = new Set(stack.postbacks.map(({ name }) => name));
  const replaced = adopted?.postbacks.filter(({ name }) => names.has(name)).map(({ id }) => id) ?? [];
  return new Set([...idsOn(source, [stack]), ...replaced]);
}

function idsOn({ hosts }: Source, stacks: readonly Stack[]): Set<number> {
  const here = stacks
    .flatMap(({ postbacks }) => postbacks)
    .filter(({ instance }) => instance !== undefined && hosts.includes(instance));
  return new Set(here.map(({ id }) => id));
}

/** The values of the secrets that are listed, as live URLs show them. Of two values for one name neither counts. */
function valuesTold({ rows }: Source, listed: Listed): Record<string, string> {
  const values = new Map<string, Set<string>>();
  for (const { id, url } of rows) {
    const names = listed.get(id)?.secrets ?? [];
    const secrets = names.length === 0 ? [] : secretsOf(url);
    if (secrets.length !== names.length) continue;
    for (const [index, name] of names.entries())
      values.set(name, (values.get(name) ?? new Set()).add(secrets[index]?.value ?? ""));
  }
  return Object.fromEntries(
    [...values].flatMap(([name, [value = "", ...more]]) => (more.length > 0 ? [] : [[name, value]])),
  );
}

function writtenRow(row: Unnamed, listed: Listed, known: Secrets): AdoptedRow | Unadoptable {
  const { name = "", secrets = [] } = listed.get(row.postbackId) ?? {};
  const unknown = secrets.filter((one) => !Object.hasOwn(known, one));
  if (unknown.length === 0) return { ...row, name, secrets };
  return { postbackId: row.postbackId, why: messages.secretsGone(unknown) };
}

function nameRows(rows: readonly Unnamed[], inputs: PlanInputs, known: Secrets) {
  const { source, stack, adopted, partners: given } = inputs;
  const listed = adopted?.postbacks ?? [];
  const taken = new Set([...listed, ...stack.postbacks].map(({ name }) => name));
  const { resources, partners } = namesFor(rows, taken, given, owned(source));
  const names = new SecretNames(known, new Set(listed.flatMap(({ secrets }) => secrets)));
  const named = rows.map((row): AdoptedRow => {
    const partner = partners.get(row.affiliateId) ?? `affiliate-${row.affiliateId}`;
    const secrets = secretsOf(row.postbackUrl).map(({ label, value }) => names.nameOf(partner, label, value));
    return { ...row, name: resources.get(row.postbackId) ?? "", secrets };
  });
  return { rows: named, secrets: names.all };
}

function programFor(rows: readonly AdoptedRow[], inputs: PlanInputs) {
  const { adopted, fileNames, source, partners } = inputs;
  const listed = adopted?.postbacks.map(({ file }) => file) ?? [];
  const before = listed.some((file) => file.endsWith(".csv")) ? "csv" : undefined;
  return programOf(rows, {
    layout: inputs.layout ?? before ?? layoutFor(rows),
    partners: namesFor([], new Set(), partners, owned(source)).partners,
    taken: [...fileNames, ...listed],
  });
}

function filesOf(list: AdoptedList, code: ReadonlyMap<string, string>): Map<string, string> {
  const index = indexText(list.postbacks.map(({ file }) => file));
  return new Map([[ADOPTED_FILE, adoptedText(list)], ...code, ["index.ts", index]]);
}

// The setting holds all secrets at once.
function secretsToSet(
  { secrets: saved }: PlanInputs,
  rows: readonly AdoptedRow[],
  { postbacks }: AdoptedList,
  known: Secrets,
): Secrets | undefined {
  const needed = new Set(rows.flatMap(({ secrets }) => secrets));
  if ([...needed].every((name) => Object.hasOwn(saved ?? {}, name))) return undefined;
  if (saved !== undefined) return { ...saved, ...pick(known, needed) };
  const all = new Set(postbacks.flatMap(({ secrets }) => secrets));
  const unknown = [...all].filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0) throw new Error(messages.unknownSecrets(unknown, SECRETS));
  return pick(known, all);
}

function pick(values: Secrets, names: ReadonlySet<string>): Secrets {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function owned({ rows }: Source) {
  return rows.flatMap(({ id: postbackId, affiliateId, url: postbackUrl }) =>
    affiliateId === null ? [] : [{ postbackId, affiliateId, postbackUrl }],
  );
}

function withTypes(rows: readonly AdoptedRow[], { rows: live }: Source): ImportedRow[] {
  const types = new Map(live.map(({ id, type }) => [id, type ?? ""]));
  return rows.map((row) => ({
    ...row,
    postbackType: types.get(row.postbackId) ?? "",
    isSecret: row.secrets.length > 0 || secretsOf(row.postbackUrl).length > 0,
  }));
}
