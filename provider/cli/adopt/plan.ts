import type { LiveRow, Source } from "../input/live/source";
import type { Stack } from "../input/stacks";
import { declarationOf, isAdoptable, type Unadoptable, type Unnamed } from "./adoptable";
import { ADOPTED_FILE, type AdoptedList, type AdoptedPostback, adoptedText } from "./adopted";
import { indexText, type Layout, layoutFor, type Program, programOf } from "./code/program";
import { SecretNames } from "./code/secretNames";
import { secretsOf } from "./code/secretParts";
import { reasons } from "./messages";
import { partnerNames, resourceNames } from "./names";
import type { AdoptedRow } from "./row";
import { liveSecrets, type Secrets, secretsToSet } from "./secrets";
import { isSelected, type Selection } from "./select";

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
  readonly saved: Secrets | undefined;
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
  readonly secrets: Secrets | undefined;
  /** What the state lacks. */
  readonly imports: readonly AdoptedRow[];
}

/** Decides what to adopt. What is managed or listed stays as it is. No I/O; throws a message for people. */
export function planFor(inputs: PlanInputs): Plan {
  const { source, selection, others, adopted, saved } = inputs;
  const before = adopted?.postbacks ?? [];
  const listed = new Map(before.map((one) => [one.id, one]));
  const [managed, elsewhere] = [managedIds(inputs), idsOn(source, others)];
  const selected = source.rows.filter((row) => isSelected(row, selection));
  const free = source.rows.filter(({ id }) => !managed.has(id) && !elsewhere.has(id));
  const known = { ...liveSecrets(source, before), ...saved };

  const written = free.filter(({ id }) => listed.has(id)).map((row) => writtenRow(row, listed, known));
  const found = free.filter((row) => !listed.has(row.id) && isSelected(row, selection)).map(declarationOf);
  const partners = partnerNames(source.rows, inputs.partners);
  const fresh = nameRows(found.filter(isAdoptable), partners, inputs, known);
  const program = programFor(fresh.rows, partners, inputs);

  const rows = [...written.filter(isAdoptable), ...fresh.rows];
  const added = fresh.rows.map((row) => entryFor(row, program));
  const postbacks = [...before, ...added];
  const names = { needed: secretNames(rows), listed: secretNames(postbacks) };
  return {
    selected: selected.length,
    managed: selected.filter(({ id }) => managed.has(id)).length,
    managedElsewhere: selected.filter(({ id }) => elsewhere.has(id) && !managed.has(id)).length,
    notAdoptable: [...found, ...written, ...missingEntries(inputs, managed)].filter(isNotAdoptable),
    fresh: added,
    writtenNotImported: written.filter(isAdoptable).map(({ postbackId }) => postbackId),
    files: filesFor({ version: 1, instance: source.instance, postbacks }, rows.length, program),
    secrets: secretsToSet(saved, fresh.secrets, names.needed, names.listed),
    imports: rows,
  };
}

// Where its resource stands for another record now, as after a replacement, the old record is nothing to adopt.
function managedIds({ source, stack, adopted }: PlanInputs): Set<number> {
  const names = new Set(stack.postbacks.map(({ name }) => name));
  const replaced = adopted?.postbacks.filter(({ name }) => names.has(name)) ?? [];
  return new Set([...idsOn(source, [stack]), ...replaced.map(({ id }) => id)]);
}

function idsOn({ hosts }: Source, stacks: readonly Stack[]): Set<number> {
  const here = stacks
    .flatMap(({ postbacks }) => postbacks)
    .filter(({ instance }) => instance !== undefined && hosts.includes(instance));
  return new Set(here.map(({ id }) => id));
}

/** A postback that an earlier run has written, with the names that its code has. */
function writtenRow(
  row: LiveRow,
  listed: ReadonlyMap<number, AdoptedPostback>,
  known: Secrets,
): AdoptedRow | Unadoptable {
  const { name = "", secrets = [] } = listed.get(row.id) ?? {};
  const declaration = declarationOf(row);
  if (!isAdoptable(declaration)) return declaration;
  const unknown = secrets.filter((one) => !Object.hasOwn(known, one));
  if (unknown.length === 0) return { ...declaration, name, secrets };
  return { postbackId: row.id, reason: reasons.secretsGone(unknown) };
}

/** What is listed, and stands neither in the state nor in CAKE. */
function missingEntries({ source, adopted }: PlanInputs, managed: ReadonlySet<number>): Unadoptable[] {
  const live = new Set(source.rows.map(({ id }) => id));
  const isMissing = ({ id }: AdoptedPostback) =>
    !live.has(id) && !managed.has(id) && source.incomplete.length === 0;
  const reason = reasons.notLive(ADOPTED_FILE);
  return (adopted?.postbacks ?? []).filter(isMissing).map(({ id: postbackId }) => ({ postbackId, reason }));
}

type Partners = ReadonlyMap<number, string>;

/** Gives names to postbacks and to their secrets. */
function nameRows(
  rows: readonly Unnamed[],
  partners: Partners,
  { stack, adopted }: PlanInputs,
  known: Secrets,
) {
  const before = adopted?.postbacks ?? [];
  const taken = new Set([...before, ...stack.postbacks].map(({ name }) => name));
  const resources = resourceNames(rows, partners, taken);
  const names = new SecretNames(known, new Set(secretNames(before)));
  const done = rows.map((row): AdoptedRow => {
    const partner = partners.get(row.affiliateId) ?? "";
    const secrets = secretsOf(row.postbackUrl).map(({ label, value }) => names.nameOf(partner, label, value));
    return { ...row, name: resources.get(row.postbackId) ?? "", secrets };
  });
  return { rows: done, secrets: names.all };
}

function programFor(rows: readonly AdoptedRow[], partners: Partners, inputs: PlanInputs): Program {
  const listed = inputs.adopted?.postbacks.map(({ file }) => file) ?? [];
  const before = listed.some((file) => file.endsWith(".csv")) ? "csv" : undefined;
  const layout = inputs.layout ?? before ?? layoutFor(rows);
  return programOf(rows, { layout, partners, taken: [...inputs.fileNames, ...listed] });
}

function entryFor({ postbackId: id, name, secrets }: AdoptedRow, { fileOf }: Program): AdoptedPostback {
  return { id, name, file: fileOf.get(id) ?? "", secrets: [...secrets] };
}

function filesFor(list: AdoptedList, count: number, { files, fileOf }: Program): Map<string, string> {
  if (count === 0) return new Map();
  const index = indexText(list.postbacks.map(({ file }) => file));
  const code = fileOf.size === 0 ? [] : files;
  return new Map([[ADOPTED_FILE, adoptedText(list)], ...code, ["index.ts", index]]);
}

function secretNames(those: readonly { readonly secrets: readonly string[] }[]): string[] {
  return [...new Set(those.flatMap(({ secrets }) => secrets))];
}

function isNotAdoptable(row: object): row is Unadoptable {
  return "reason" in row;
}
