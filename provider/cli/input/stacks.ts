import { postbackIdOf } from "../../postback/postback";
import type { Suppressions } from "../../postback/rules/judge";
import type { ClickIdSlot } from "../../postback/rules/rule";
import { isPostback, nameOf, parseStackExport, plainText, type ResourceState } from "./stackExport";
import { subjectOf } from "./subject";
import { openValue, type Value } from "./value";

/** A postback as a stack's state has it. */
export interface ManagedPostback {
  readonly stack: string;
  /** The resource's name in the program. */
  readonly name: string;
  readonly id: number;
  /** Host and port of its instance; undefined where the state does not tell it. */
  readonly instance: string | undefined;
  readonly url: Value;
  /** Whether the program says that the URL is secret. */
  readonly isSecret: boolean;
  readonly affiliateId: number | undefined;
  readonly offerId: number | undefined;
  readonly status: string | undefined;
  readonly typeId: number | undefined;
  readonly clickIdSlot: ClickIdSlot | undefined;
  readonly overlapUntil: string | undefined;
  readonly suppress: Suppressions | undefined;
  /** A hash of the URL as CAKE answers it, where that differs from the URL as it was sent. */
  readonly echo: string | undefined;
}

/** A stack's state, as it was exported. */
export interface Stack {
  /** `project/stack` as the export tells it; the file's name where it holds no resource. */
  readonly name: string;
  readonly file: string;
  readonly postbacks: readonly ManagedPostback[];
}

/** Reads what `pulumi stack export` printed. Throws a message for people. */
export function stackFrom(text: string, file: string): Stack {
  const { resources } = parseStackExport(text);
  const name = stackName(resources) ?? file;
  const own = resources.filter((one) => isPostback(one) && isHeld(one));
  return { name, file, postbacks: own.flatMap((one) => managed(one, name)) };
}

// One that is to be deleted, or was for its replacement, is no longer what the program wants.
function isHeld({ external, delete: isGoing, pendingReplacement }: ResourceState): boolean {
  return !external && !isGoing && !pendingReplacement;
}

// A resource that never got an id, as after an interrupted create, stands for no record that could be named.
function managed(resource: ResourceState, stack: string): ManagedPostback[] {
  const { urn, inputs, outputs } = resource;
  const id = postbackIdOf(resource.id ?? "");
  if (id === undefined) return [];
  const properties = { ...inputs, ...outputs };
  const name = nameOf(urn);
  const url = openValue(properties.postbackUrl);
  const read = subjectOf(name, { ...properties, postbackUrl: "" });
  if (!("postbackUrl" in read)) return [];
  const { affiliateId, offerId, postbackStatus, postbackTypeId, clickIdSlot, overlapUntil, suppress } = read;
  return [
    {
      ...{ stack, name, id, url, affiliateId, offerId, clickIdSlot, overlapUntil, suppress },
      // Secrecy that a program gave later stands in the inputs first.
      isSecret: isHidden(url) || isHidden(openValue(inputs.postbackUrl)),
      instance: plainText(outputs.domain),
      status: postbackStatus,
      typeId: postbackTypeId,
      echo: plainText(outputs.__echo),
    },
  ];
}

function isHidden(url: Value): boolean {
  return url.kind === "hidden" || (url.kind === "known" && url.isSecret);
}

// urn:pulumi:<stack>::<project>::…
function stackName(resources: readonly ResourceState[]): string | undefined {
  const [first] = resources;
  const [stack, project] = first?.urn.replace(/^urn:pulumi:/, "").split("::") ?? [];
  return stack === undefined || project === undefined ? undefined : `${project}/${stack}`;
}
