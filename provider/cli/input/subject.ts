import type { SuppressibleCandidate } from "../../postback/rules/evaluateCrossRules";
import { declaredPostback } from "./declared";

/** A postback to judge, wherever it was read. */
export interface Subject extends SuppressibleCandidate {
  /** Whether the name is its own, and not a number that moves when others are inserted. */
  readonly isNamed: boolean;
  readonly postbackId?: number | undefined;
  /** Host and port of its CAKE instance. */
  readonly instance?: string | undefined;
  /** The line in the source, from 1, where its lines say something to people. */
  readonly line?: number;
  readonly isSecret?: boolean | undefined;
}

/** A postback whose URL cannot be read. */
export interface NotJudged {
  readonly name: string;
  readonly why: string;
}

/** What one source holds. */
export interface Read {
  /** Its name: of a file, or of a CAKE instance. */
  readonly source: string;
  /** Whether it is a file that others can open. */
  readonly isFile: boolean;
  readonly subjects: readonly Subject[];
  readonly notJudged: readonly NotJudged[];
  /** Why postbacks may be missing, or parts of them. */
  readonly incomplete: readonly string[];
  /** The JSON text of `cake:rules` of its stack. */
  readonly rules?: string | undefined;
}

const WHY_NOT = { unknown: "its URL is known only when it is made", hidden: "its URL is secret" } as const;

/** The postback that properties of a state or a preview describe. */
export function subjectOf(name: string, properties: Readonly<Record<string, unknown>>): Subject | NotJudged {
  const { url, ...others } = declaredPostback(properties);
  if (url.kind !== "known") return { name, why: WHY_NOT[url.kind] };
  if (typeof url.value !== "string") return { name, why: "it has no URL" };
  return { ...others, name, isNamed: true, postbackUrl: url.value, isSecret: url.isSecret };
}

/** Sorts what was read into what can be judged and what cannot. */
export function sorted(found: readonly (Subject | NotJudged)[]): Pick<Read, "subjects" | "notJudged"> {
  return {
    subjects: found.filter((one) => "postbackUrl" in one),
    notJudged: found.filter((one) => "why" in one),
  };
}
