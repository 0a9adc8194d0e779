import type { CrossCandidate } from "../../postback/rules/crossRule";
import { declaredPostback } from "./declared";
import type { ProviderRules } from "./providers";

/** What Pulumi calls a resource of a state or a preview. */
export interface ResourceNames {
  readonly urn: string;
  /** CAKE's ID of the postback, as far as the state has one. */
  readonly id: number | undefined;
}

/** A postback to judge, wherever it was read. */
export interface Subject extends CrossCandidate {
  /** Whether the name is its own, and not a number that moves when others are inserted. */
  readonly isNamed: boolean;
  readonly postbackId?: number | undefined;
  /** The line in the source, from 1, where its lines say something to people. */
  readonly line?: number | undefined;
  readonly isSecret?: boolean | undefined;
  /** The JSON text of `cake:rules` of its explicit provider. */
  readonly rules?: string | undefined;
  readonly resource?: ResourceNames | undefined;
}

/** A postback whose URL cannot be read. */
export interface UncheckedPostback {
  readonly name: string;
  readonly why: string;
  readonly reason: UncheckedReason;
  readonly line?: number;
  readonly postbackId?: number | undefined;
  readonly resource?: ResourceNames | undefined;
}

/** Why a URL cannot be read: it is known only after the run, it is secret, or there is none. */
type UncheckedReason = "unknown" | "hidden" | "missing";

/** What one source holds. */
export interface PostbackSource {
  /** Its name: of a file, or of a CAKE instance. */
  readonly source: string;
  /** Whether it is a file that others can open. */
  readonly isFile: boolean;
  readonly subjects: readonly Subject[];
  readonly uncheckedPostbacks: readonly UncheckedPostback[];
  /** Why postbacks may be missing, or parts of them. */
  readonly incomplete: readonly string[];
  /** The JSON text of `cake:rules` of its stack. */
  readonly rules?: string | undefined;
}

const WHY_NOT = {
  unknown: "its URL is known only after the run",
  hidden: "its URL is secret",
  missing: "it has no URL",
} as const;

/** The postback that properties of a state or a preview describe. */
export function subjectOf(
  resource: ResourceNames & { readonly name: string },
  properties: Readonly<Record<string, unknown>>,
  { instance, rules }: ProviderRules,
): Subject | UncheckedPostback {
  const { name, urn, id } = resource;
  const { url, ...others } = declaredPostback(properties);
  const isText = url.kind === "known" && typeof url.value === "string";
  if (!isText) {
    const reason = url.kind === "known" ? "missing" : url.kind;
    return { name, why: WHY_NOT[reason], reason, resource: { urn, id } };
  }
  return {
    ...others,
    ...{ name, instance, rules, isNamed: true, resource: { urn, id } },
    ...{ postbackUrl: url.value as string, isSecret: url.isSecret },
  };
}

/** Sorts what was read into what can be judged and what cannot. */
export function partition(
  found: readonly (Subject | UncheckedPostback)[],
): Pick<PostbackSource, "subjects" | "uncheckedPostbacks"> {
  return {
    subjects: found.filter((one) => "postbackUrl" in one),
    uncheckedPostbacks: found.filter((one) => "why" in one),
  };
}
