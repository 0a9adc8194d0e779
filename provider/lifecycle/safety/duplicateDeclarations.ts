import type { Message } from "../../message";
import { fingerprint, type PostbackDeclaration } from "../../postback/postback";
import { isActive, type NamedCandidate } from "../../postback/rules/crossRules";
import { FIRES_TWICE, firingKeys, firingTwice } from "../../postback/rules/firesTwice";
import type { RuleSettings } from "../../postback/rules/rule";
import { messages } from "../messages";
import { isUnknown } from "../unknown";
import type { Urn } from "./ownership";

type Bag = Readonly<Record<string, unknown>>;

interface Declared {
  readonly candidate: NamedCandidate & PostbackDeclaration;
  readonly suppresses: boolean;
  /** Whether the program declares it otherwise than the state has it, or anew. */
  readonly isNew: boolean;
}

/**
 * The active postbacks that a run has declared so far, to find two resources whose postbacks are equal or fire twice while
 * it is still a preview. Two that are both in the state already are left alone.
 */
export class DuplicateDeclarations {
  private readonly byUrn = new Map<string, Declared>();
  private readonly byKey = new Map<string, Set<string>>();

  /**
   * Takes note of checked inputs. Says what is wrong beside other resources.
   *
   * @param today The day that `overlapUntil` is compared with.
   */
  add(urn: Urn, olds: Bag, news: Bag, rules: RuleSettings, today: string): Message[] {
    const candidate = candidateOf(urn, news);
    if (urn === undefined || candidate === undefined) return [];
    const suppresses = isSuppressed(news);
    const declared = { candidate, suppresses, isNew: isNew(urn, olds, candidate) };
    const { own, others } = firingKeys(candidate);
    const rivals = this.declaredUnder(others, urn).filter((rival) => declared.isNew || rival.isNew);
    this.byUrn.set(urn, declared);
    for (const key of own) this.byKey.set(key, (this.byKey.get(key) ?? new Set()).add(urn));
    const open = rivals.filter((rival) => !(suppresses || rival.suppresses));
    return problems(candidate, open, rules, today);
  }

  /** Whether a resource of this process says that its postback may fire beside another one. */
  isMeant(urn: Urn, today: string): boolean {
    const declared = urn === undefined ? undefined : this.byUrn.get(urn);
    return declared !== undefined && (declared.suppresses || isUntil(declared.candidate, today));
  }

  private declaredUnder(keys: readonly string[], urn: string): Declared[] {
    const urns = new Set(keys.flatMap((key) => [...(this.byKey.get(key) ?? [])]));
    urns.delete(urn);
    return [...urns].flatMap((other) => {
      const declared = this.byUrn.get(other);
      // It may have been declared otherwise since, as in the second check of a replacement.
      return declared && firingKeys(declared.candidate).own.some((key) => keys.includes(key))
        ? [declared]
        : [];
    });
  }
}

function problems(
  candidate: Declared["candidate"],
  rivals: readonly Declared[],
  rules: RuleSettings,
  today: string,
): Message[] {
  const apart = rivals.filter((rival) => !isUntil(candidate, today) && !isUntil(rival.candidate, today));
  if (apart.some((rival) => fingerprint(rival.candidate) === fingerprint(candidate)))
    return [messages.declaredTwice(candidate)];
  const others = apart.map((rival) => rival.candidate);
  const found = firingTwice(candidate, others, rules, today).filter(({ severity }) => severity === "error");
  return found.length === 0 ? [] : [messages.declaredFiringTwice(candidate)];
}

function isUntil({ overlapUntil }: NamedCandidate, today: string): boolean {
  return overlapUntil !== undefined && overlapUntil >= today;
}

function candidateOf(urn: Urn, inputs: Bag): Declared["candidate"] | undefined {
  const { affiliateId, offerId, postbackUrl, postbackTypeId, overlapUntil } = inputs;
  const values = [affiliateId, offerId, postbackUrl, postbackTypeId];
  if (!values.every((value) => value !== undefined && !isUnknown(value))) return undefined;
  if (typeof postbackUrl !== "string" || !isActive(inputs as unknown as NamedCandidate)) return undefined;
  const until = isUnknown(overlapUntil) ? {} : { overlapUntil };
  return {
    ...(inputs as unknown as PostbackDeclaration),
    ...until,
    name: urn ?? "",
  } as Declared["candidate"];
}

function isNew(urn: string, olds: Bag, candidate: Declared["candidate"]): boolean {
  const before = candidateOf(urn, olds);
  return before === undefined || fingerprint(before) !== fingerprint(candidate);
}

/** Whether a resource says why it fires beside another one. */
export function isSuppressed({ suppress }: Bag): boolean {
  return typeof suppress === "object" && suppress !== null && FIRES_TWICE in suppress;
}
