import type { CrossCandidate } from "../../postback/rules/crossRule";
import { declaredPostback } from "../input/declared";
import type { ProviderRules } from "../input/providers";

/** A postback to judge, wherever it was read. */
export interface Subject extends CrossCandidate {
  /** Whether the name is its own, and not a number that moves when others are inserted. */
  readonly isNamed: boolean;
  readonly postbackId?: number | undefined;
  /** The line in the source, from 1, where its lines say something to people. */
  readonly line?: number;
  readonly isSecret?: boolean | undefined;
  /** The JSON text of `cake:rules` of its explicit provider. */
  readonly rules?: string | undefined;
}

/** A postback whose URL cannot be read. */
export interface UncheckedPostback {
  readonly name: string;
  readonly why: string;
}

/** What one source holds. */
export interface LintSource {
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

const WHY_NOT = { unknown: "its URL is known only after the run", hidden: "its URL is secret" } as const;

/** The postback that properties of a state or a preview describe. */
export function subjectOf(
  name: string,
  properties: Readonly<Record<string, unknown>>,
  { instance, rules }: ProviderRules,
): Subject | UncheckedPostback {
  const { url, ...others } = declaredPostback(properties);
  if (url.kind !== "known") return { name, why: WHY_NOT[url.kind] };
  if (typeof url.value !== "string") return { name, why: "it has no URL" };
  return { ...others, name, instance, rules, isNamed: true, postbackUrl: url.value, isSecret: url.isSecret };
}

/** Sorts what was read into what can be judged and what cannot. */
export function partition(
  found: readonly (Subject | UncheckedPostback)[],
): Pick<LintSource, "subjects" | "uncheckedPostbacks"> {
  return {
    subjects: found.filter((one) => "postbackUrl" in one),
    uncheckedPostbacks: found.filter((one) => "why" in one),
  };
}
