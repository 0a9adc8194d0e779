import * as v from "valibot";
import { CodedError } from "../../message";
import { isPostbackType } from "../../postback/postback";
import { listed, plural } from "../output/text";
import { failedPreview } from "./failedPreview";
import { gaps, messages, reasons } from "./messages";
import { type ProviderRules, providerRules } from "./providers";
import { flag, plainText, properties, resourceName } from "./stackExport";
import { parseJson } from "./text";

const resourceState = v.object({
  id: v.optional(v.string()),
  type: v.string(),
  provider: v.optional(v.string()),
  inputs: properties,
  outputs: properties,
  external: flag,
  retainOnDelete: flag,
  deletedWith: v.nullish(v.string(), ""),
});

const step = v.object({
  op: v.string(),
  urn: v.string(),
  oldState: v.optional(resourceState),
  newState: v.optional(resourceState),
  detailedDiff: v.nullish(
    v.record(v.string(), v.fallback(v.object({ kind: v.optional(v.string()) }), {})),
    {},
  ),
});

const digest = v.object({
  steps: v.nullish(v.array(step), []),
  config: properties,
  diagnostics: v.nullish(
    v.array(
      v.object({
        urn: v.optional(v.string()),
        severity: v.optional(v.string()),
        message: v.optional(v.string(), ""),
      }),
    ),
    [],
  ),
  changeSummary: v.nullish(v.record(v.string(), v.number()), {}),
});

/** The JSON of a Pulumi operation. */
export type Digest = v.InferOutput<typeof digest>;
type Step = v.InferOutput<typeof step>;
type State = v.InferOutput<typeof resourceState>;

/**
 * What becomes of a postback. `refresh` and `read` only look at it, and `forget` takes it out of the state: none of them
 * changes CAKE.
 */
export type StepKind = "create" | "update" | "replace" | "delete" | "same" | "refresh" | "read" | "forget";

// Source: pulumi/pulumi, pkg/resource/deploy/step.go.
const KINDS = kinds({
  create: "create",
  import: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  same: "same",
  refresh: "refresh",
  read: "read",
  discard: "forget",
  "remove-pending-replace": "forget",
});

// With --show-replacement-steps they stand beside the "replace" of the same resource.
const HALVES = kinds({
  "create-replacement": "create",
  "import-replacement": "create",
  "delete-replaced": "delete",
  "read-replacement": "read",
  "discard-replaced": "forget",
});

function kinds(ofOps: Readonly<Record<string, StepKind>>): ReadonlyMap<string, StepKind> {
  return new Map(Object.entries(ofOps));
}

// Not listed without an option (same, read), or not counted.
const UNCOUNTED: ReadonlySet<string> = new Set([
  "same",
  "refresh",
  "read",
  "discard",
  "remove-pending-replace",
  ...HALVES.keys(),
]);

const MAX_NAMES = 5;

/** A property that changes, by its path in Pulumi's notation, and whether that adds, deletes or updates it. */
interface ChangedProperty {
  readonly path: string;
  readonly kind: string | undefined;
}

/** One postback of a preview. */
export interface PostbackStep extends Pick<Step, "urn" | "oldState" | "newState">, ProviderRules {
  readonly kind: StepKind;
  readonly name: string;
  /** The properties that the provider found changed. Only the plugin says them. */
  readonly changed: readonly ChangedProperty[];
  /** The resource option for which a postback stays active that leaves the stack or is replaced. */
  readonly keptActiveBy: "retainOnDelete" | "deletedWith" | undefined;
}

/** What of the JSON of a Pulumi operation concerns this package. */
export interface Preview {
  readonly steps: readonly PostbackStep[];
  /** All resources that it lists, of whatever type. */
  readonly urns: ReadonlySet<string>;
  /** The JSON text of `cake:rules` of the stack, where it has one. */
  readonly rules: string | undefined;
  /** Why it does not show all that changes. */
  readonly incomplete: readonly string[];
}

/**
 * Reads what `pulumi preview --json` printed, or `up`, `refresh` and `destroy` with `--json`. Throws a message for people
 * if the text is something else, or if the operation failed.
 */
export function parsePreview(text: string): Preview {
  const { steps, config, diagnostics, changeSummary } = readDigest(text);
  // It stops where it fails, so what it lists is not all that would change.
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw failedPreview(errors, steps.some(isPostback));
  return {
    steps: postbackSteps(steps, plainText(config["cake:domain"])),
    urns: urnsOf(steps, () => true),
    rules: plainText(config["cake:rules"]),
    incomplete: [...unknownSteps(steps), ...countIssues(steps, changeSummary)],
  };
}

/** Reads the JSON of an operation, also where it failed. Throws a message for people if the text is something else. */
export function readDigest(text: string): Digest {
  const json = parseJson(beforeEvents(text), "preview", messages.previewInvalid);
  const parsed = v.safeParse(digest, json);
  const keys = typeof json === "object" && json !== null ? Object.keys(json) : [];
  if (keys.length === 0 && parsed.success && !Array.isArray(json))
    throw new CodedError(messages.previewInvalid(reasons.emptyDigest));
  if (keys.includes("deployment")) throw new CodedError(messages.previewInvalid(reasons.isExport));
  if (keys.includes("sequence")) throw new CodedError(messages.previewInvalid(reasons.isEventLog));
  if (!parsed.success || !keys.some((key) => Object.hasOwn(digest.entries, key) || key === "duration"))
    throw new CodedError(messages.previewInvalid(reasons.noSteps));
  return parsed.output;
}

/** Without --skip-preview, `up`, `refresh` and `destroy` print their preview first, and then one event a line. */
function beforeEvents(text: string): string {
  const { index } = /^\{"sequence":/m.exec(text) ?? {};
  if (index === undefined) return text;
  return text.slice(0, index).trim() === "" ? text.slice(index).split("\n", 1).join() : text.slice(0, index);
}

function isPostback({ oldState, newState }: Step): boolean {
  return isPostbackType((newState ?? oldState)?.type);
}

/** One step for each postback that it concerns. */
function postbackSteps(all: readonly Step[], stackDomain: string | undefined): PostbackStep[] {
  const ours = all.filter(isPostback);
  const rulesOf = providerRules(all.flatMap(resourceOf), stackDomain);
  const replaced = urnsOf(ours, (op) => op === "replace");
  const planned = urnsOf(ours, (op) => op !== "refresh");
  // The engine sends no delete for a postback whose deletedWith goes, too; a replaced one counts.
  const leaving = urnsOf(all, (op) => op === "delete" || op === "replace" || op === "delete-replaced");
  const isPartOfAnother = ({ op, urn }: Step) =>
    (HALVES.has(op) && replaced.has(urn)) || (op === "refresh" && planned.has(urn));
  return ours.flatMap((one): PostbackStep[] => {
    const kind = kindOf(one);
    if (kind === undefined || isPartOfAnother(one)) return [];
    const { urn, oldState, newState, detailedDiff } = one;
    const changed = Object.entries(detailedDiff ?? {}).map(([path, { kind: how }]) => ({ path, kind: how }));
    const keptActiveBy = kind === "delete" || kind === "replace" ? keeperOf(oldState, leaving) : undefined;
    const { instance = plainText(oldState?.outputs?.domain), rules } = rulesOf(
      (newState ?? oldState)?.provider,
    );
    const known = { urn, name: resourceName(urn), instance, rules, oldState, newState };
    return [{ ...known, kind, changed, keptActiveBy }];
  });
}

function resourceOf({ urn, oldState, newState }: Step): Parameters<typeof providerRules>[0] {
  const state = newState ?? oldState;
  return state === undefined ? [] : [{ urn, type: state.type, inputs: state.inputs ?? {} }];
}

function kindOf({ op, newState }: Step): StepKind | undefined {
  // The program looks up instead what it declared before.
  if (op === "replace" && newState?.external) return "delete";
  return KINDS.get(op) ?? HALVES.get(op);
}

/** The option of a postback for which the engine does not delete it when it and other resources leave. */
export function keeperOf(
  state: Pick<State, "retainOnDelete" | "deletedWith"> | undefined,
  leaving: ReadonlySet<string>,
): PostbackStep["keptActiveBy"] {
  if (state?.retainOnDelete) return "retainOnDelete";
  return leaving.has(state?.deletedWith ?? "") ? "deletedWith" : undefined;
}

function urnsOf(steps: readonly Step[], has: (op: string) => boolean): Set<string> {
  return new Set(steps.filter(({ op }) => has(op)).map(({ urn }) => urn));
}

function unknownSteps(steps: readonly Step[]): string[] {
  const unknown = steps.filter((one) => isPostback(one) && kindOf(one) === undefined);
  return [...countsOf(unknown)].map(([op, count]) => {
    const names = unknown.filter((one) => one.op === op).map(({ urn }) => resourceName(urn));
    return gaps.unknownStep(op, plural(count, "postback"), listed(names, MAX_NAMES));
  });
}

/** Compares what is listed with what Pulumi itself counted. */
function countIssues(steps: readonly Step[], summary: Readonly<Record<string, number>>): string[] {
  const expected = new Map(Object.entries(summary));
  if (expected.size === 0) return [];
  const listed = countsOf(steps);
  const advice = listed.has("refresh") ? gaps.refresh : "";
  return [...new Set([...expected.keys(), ...listed.keys()])].flatMap((op) => {
    const [counts, lists] = [expected.get(op) ?? 0, listed.get(op) ?? 0];
    if (counts === lists || UNCOUNTED.has(op)) return [];
    return [`${gaps.counts(plural(counts, "resource"), op, lists)}${advice}`];
  });
}

function countsOf(steps: readonly Step[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { op } of steps) counts.set(op, (counts.get(op) ?? 0) + 1);
  return counts;
}
