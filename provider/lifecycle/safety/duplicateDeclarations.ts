import type { Message } from "../../message";
import { CLICK_ID_SLOTS } from "../../postback/macros";
import type { Postback } from "../../postback/postback";
import { allowanceOf, type CrossCandidate, isActive } from "../../postback/rules/crossRule";
import { firesTwice, firingMeetings } from "../../postback/rules/firesTwice";
import { clickIdSlotOf, mixedClickIdSlots } from "../../postback/rules/mixedClickIdSlots";
import { readValues } from "../../postback/rules/readCandidate";
import type { Candidate, RuleSettings, Severity } from "../../postback/rules/rule";
import { messages, postbackName } from "../messages";
import { isUnknown } from "../unknown";
import { CountedKeys } from "./countedKeys";
import type { Urn } from "./ownership";

type Bag = Readonly<Record<string, unknown>>;

/** What is wrong with a resource beside others of its program. */
export interface CrossProblem {
  /** An error stops the resource. */
  readonly severity: Severity;
  readonly message: Message;
}

/**
 * The active postbacks that a run has declared so far, to find those that break a rule together while it is still a
 * preview. Two that are both in the state already are left alone. What one resource costs does not grow with their number.
 */
export class DuplicateDeclarations {
  private readonly byUrn = new Map<string, CrossCandidate>();
  private readonly urnOf = new Map<string, string>();
  private readonly met = new CountedKeys();
  private readonly slots = new CountedKeys();
  private readonly warned = new Set<string>();

  /**
   * Takes note of checked inputs. Says what is wrong beside other resources.
   *
   * @param today The day that `overlapUntil` is compared with.
   */
  add(urn: Urn, olds: Bag, news: Bag, rules: RuleSettings, today: string): CrossProblem[] {
    if (urn === undefined) return [];
    this.forget(urn);
    const candidate = candidateOf(urn, news);
    if (candidate === undefined) return [];
    const before = candidateOf(urn, olds);
    const isNew = before === undefined || contentOf(before) !== contentOf(candidate);
    const takesNewSlot = isNew || clickIdSlotOf(before) !== clickIdSlotOf(candidate);
    const problems = [
      ...this.firing(candidate, isNew, rules, today),
      ...this.mixed(candidate, takesNewSlot, rules, today),
    ];
    this.byUrn.set(urn, candidate);
    this.urnOf.set(locationOf(candidate), urn);
    this.met.add(urn, firingKeysOf(candidate, today), isNew);
    this.slots.add(urn, slotKeysOf(candidate, today), takesNewSlot);
    return problems;
  }

  /** How another resource than this one declares a live postback, as far as the run has declared it. */
  declarationOf(row: Postback, owner: Urn, except: Urn): CrossCandidate | undefined {
    const urns = [owner, this.urnOf.get(locationOf(row))];
    return urns.flatMap((urn) => (urn === undefined || urn === except ? [] : (this.byUrn.get(urn) ?? [])))[0];
  }

  /** How many declared postbacks of an affiliate take the click ID from each sub ID. Those that allow others do not count. */
  slotCounts(affiliateId: number): Map<string, number> {
    return new Map(CLICK_ID_SLOTS.map((slot) => [slot, this.slots.count(slotKey(affiliateId, slot), true)]));
  }

  // It may have been declared otherwise before, as in the first check of a replacement.
  private forget(urn: string): void {
    const before = this.byUrn.get(urn);
    if (before === undefined) return;
    this.byUrn.delete(urn);
    this.met.delete(urn);
    this.slots.delete(urn);
    if (this.urnOf.get(locationOf(before)) === urn) this.urnOf.delete(locationOf(before));
  }

  private firing(
    candidate: CrossCandidate,
    isNew: boolean,
    { severity }: RuleSettings,
    today: string,
  ): CrossProblem[] {
    if (allowanceOf(firesTwice, candidate, today) !== undefined) return [];
    if (equalKeys(candidate).some((key) => this.met.count(key, isNew) > 0))
      return [{ severity: "error", message: messages.declaredTwice(candidate) }];
    const level = severity[firesTwice.id];
    const found = firingMeetings(candidate).find(({ others }) => this.met.count(others, isNew) > 0);
    if (found === undefined || level === "off") return [];
    const decided = level ?? found.severity;
    const text = decided === "error" ? messages.declaredFiringTwice : messages.declaredFiringBeside;
    return [{ severity: decided, message: text(candidate) }];
  }

  private mixed(
    candidate: CrossCandidate,
    isNew: boolean,
    { severity }: RuleSettings,
    today: string,
  ): CrossProblem[] {
    const level = severity[mixedClickIdSlots.id] ?? mixedClickIdSlots.severity;
    const [slot, { affiliateId }] = [clickIdSlotOf(candidate), candidate];
    if (slot === undefined || affiliateId === undefined || level === "off") return [];
    if (allowanceOf(mixedClickIdSlots, candidate, today) !== undefined) return [];
    // Which sub ID is the usual one, only all postbacks show. So each pair that disagrees counts, in any order.
    const [other] = CLICK_ID_SLOTS.filter((one) => one !== slot)
      .map((one) => ({ slot: one, count: this.slots.count(slotKey(affiliateId, one), isNew) }))
      .filter(({ count }) => count > 0)
      .sort((one, another) => another.count - one.count);
    if (other === undefined || (level === "warning" && this.isWarned(affiliateId, slot, other.slot)))
      return [];
    const message = messages.declaredMixedSlots(postbackName(candidate), slot, other.slot, other.count);
    return [{ severity: level, message }];
  }

  // One warning says it for all postbacks of an affiliate with these two sub IDs.
  private isWarned(affiliateId: number, ...slots: readonly string[]): boolean {
    const pair = `${affiliateId} ${[...slots].sort().join(" ")}`;
    if (this.warned.has(pair)) return true;
    this.warned.add(pair);
    return false;
  }
}

function candidateOf(urn: string, inputs: Bag): CrossCandidate | undefined {
  const known = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isUnknown(value)));
  const { postbackUrl } = known;
  // If its status is unknown, it may be inactive.
  if (typeof postbackUrl !== "string" || isUnknown(inputs.postbackStatus)) return undefined;
  const candidate = { ...readValues(known), name: urn, postbackUrl };
  return isActive(candidate) ? candidate : undefined;
}

// A postback that allows others beside it is found by none.
function firingKeysOf(candidate: CrossCandidate, today: string): string[] {
  if (allowanceOf(firesTwice, candidate, today) !== undefined) return [];
  return [...equalKeys(candidate), ...firingMeetings(candidate).map(({ own }) => own)];
}

function slotKeysOf(candidate: CrossCandidate, today: string): string[] {
  const { affiliateId } = candidate;
  const slot = clickIdSlotOf(candidate);
  if (slot === undefined || affiliateId === undefined) return [];
  return allowanceOf(mixedClickIdSlots, candidate, today) === undefined ? [slotKey(affiliateId, slot)] : [];
}

// Of what is not known completely, nothing is equal.
function equalKeys(candidate: CrossCandidate): string[] {
  const { affiliateId, offerId, postbackTypeId } = candidate;
  const isKnown = ![affiliateId, offerId, postbackTypeId].includes(undefined);
  return isKnown ? [`equal ${contentOf(candidate)}`] : [];
}

function slotKey(affiliateId: number, slot: string): string {
  return `slot ${affiliateId} ${slot}`;
}

function contentOf({ affiliateId, offerId, postbackTypeId, postbackUrl }: Candidate): string {
  return JSON.stringify([affiliateId, offerId, postbackTypeId, postbackUrl]);
}

function locationOf({ affiliateId, offerId, postbackUrl }: Candidate): string {
  return JSON.stringify([affiliateId, offerId, postbackUrl]);
}
