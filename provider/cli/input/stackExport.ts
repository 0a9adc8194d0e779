import * as v from "valibot";
import { FORMATS, isNewer, STATE_VERSION } from "../../formats/formats";
import { messages as formats } from "../../formats/messages";
import { CodedError } from "../../message";
import { isPostbackType } from "../../postback/postback";
import { messages, reasons } from "./messages";
import { parseJson } from "./text";

// Version 4 differs from 3 only in the list of features that it names, none of which concerns what is read here.
const KNOWN_VERSIONS: readonly number[] = [3, 4];

export const properties = v.nullish(v.record(v.string(), v.unknown()), {});
export const flag = v.nullish(v.boolean(), false);

const resource = v.object({
  urn: v.string(),
  type: v.string(),
  id: v.optional(v.string()),
  custom: flag,
  external: flag,
  delete: flag,
  pendingReplacement: flag,
  provider: v.optional(v.string()),
  created: v.optional(v.string()),
  inputs: properties,
  outputs: properties,
});

const deployment = v.object({
  resources: v.nullish(v.array(resource), []),
  pending_operations: v.nullish(v.array(v.object({ type: v.string(), resource })), []),
});

const versioned = v.object({ version: v.number() });
// A stack that was never updated may have no deployment. A missing key is another matter: that is not an export.
const exported = v.object({ version: v.number(), deployment: v.nullable(deployment) });

export type ResourceState = v.InferOutput<typeof resource>;

/** What an export says about a stack. */
export interface Deployment {
  readonly resources: readonly ResourceState[];
  readonly pending: readonly PendingOperation[];
}

/** What a run was doing when it was interrupted: `creating`, `updating`, `deleting`, … */
interface PendingOperation {
  readonly type: string;
  readonly resource: ResourceState;
}

/** Reads what `pulumi stack export` printed. Throws a message for people if the text is something else. */
export function parseStackExport(text: string): Deployment {
  const json = parseJson(text, "export", messages.exportInvalid);
  refuseOtherVersions(json);
  const parsed = v.safeParse(exported, json);
  if (!parsed.success) throw new CodedError(messages.exportInvalid(whereWrong(parsed.issues)));
  const { resources = [], pending_operations: pending = [] } = parsed.output.deployment ?? {};
  refuseNewerStates([...resources, ...pending.map(({ resource }) => resource)]);
  return { resources, pending };
}

function refuseOtherVersions(json: unknown): void {
  if (typeof json === "object" && json !== null && ("changeSummary" in json || "steps" in json))
    throw new CodedError(messages.exportInvalid(reasons.isPreview));
  const parsed = v.safeParse(versioned, json);
  if (!parsed.success) throw new CodedError(messages.exportInvalid(reasons.noVersion));
  const { version } = parsed.output;
  if (KNOWN_VERSIONS.includes(version)) return;
  throw new CodedError(
    messages.exportVersion(version, KNOWN_VERSIONS, version > Math.max(...KNOWN_VERSIONS)),
  );
}

function refuseNewerStates(resources: readonly ResourceState[]): void {
  for (const one of resources.filter(isPostback)) {
    const found = [one.outputs, one.inputs]
      .map((bag) => bag[STATE_VERSION])
      .find((version) => isNewer("state", version));
    if (found !== undefined)
      throw new CodedError(
        formats.newer(reasons.stateOf(JSON.stringify(resourceName(one.urn))), found, FORMATS.state),
      );
  }
}

// The place only: a value of a state may be secret.
function whereWrong(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  const path = issue && v.getDotPath(issue);
  return reasons.wrongPart(path ?? undefined);
}

export function isPostback({ type }: ResourceState): boolean {
  return isPostbackType(type);
}

/** A postback that the program wants. One that is to be deleted, or was for its replacement, is none. */
export function isWanted(resource: ResourceState): boolean {
  return isPostback(resource) && !resource.external && !resource.delete && !resource.pendingReplacement;
}

/** The name that the program gave to a resource. */
export function resourceName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** A text that the state shows to everybody. A secret is none, not even in an export with `--show-secrets`. */
export function plainText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function plainNumber(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
