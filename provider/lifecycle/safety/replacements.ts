import { hash, type Postback, type PostbackDeclaration } from "../../postback/postback";
import type { Inputs, State } from "../state";
import { isUnknown } from "../unknown";
import type { Urn } from "./ownership";

/** A record whose resource is being replaced in this run. */
export interface Replacement {
  readonly urn: Urn;
  /** What is declared in its place. */
  readonly news: Partial<Inputs>;
}

/** What a run has learned about its resources before it creates anything: which exist, and which are being replaced. */
export class Replacements {
  private readonly declaredBefore = new Map<string, Readonly<Record<string, unknown>>>();
  private readonly byRecord = new Map<number, Replacement>();
  private readonly planned = new Set<Urn>();
  private readonly changed = new Set<Urn>();

  /** A check had old inputs: the resource exists. */
  exists(urn: Urn, olds: Readonly<Record<string, unknown>>): void {
    if (urn !== undefined && Object.keys(olds).length > 0) this.declaredBefore.set(urn, olds);
  }

  /** Whether a check of this process has seen that the resource exists. The second check of a replacement hides it. */
  isKnown(urn: Urn): boolean {
    return urn !== undefined && this.declaredBefore.has(urn);
  }

  /** What the diff of a resource said that this process has checked. */
  compared(urn: Urn, changes: boolean): void {
    if (changes) this.changed.add(urn);
    else this.changed.delete(urn);
  }

  /** Whether its diff said that it changes. */
  isChanged(urn: Urn): boolean {
    return this.changed.has(urn);
  }

  /** A diff plans to replace a record. */
  plan(postbackId: number, replacement: Replacement): void {
    this.byRecord.set(postbackId, replacement);
    this.planned.add(replacement.urn);
  }

  of(postbackId: number): Replacement | undefined {
    return this.byRecord.get(postbackId);
  }

  /** The rows without the record that a resource is about to give up for a new one: it is no duplicate of that. */
  without(rows: readonly Postback[], urn: Urn): Postback[] {
    if (urn === undefined) return [...rows];
    return rows.filter(({ postbackId }) => this.byRecord.get(postbackId)?.urn !== urn);
  }

  /**
   * What a resource declared before this run, where it is replaced without a diff that names its record, as by
   * `replacementTrigger` or with another provider.
   */
  forced(urn: Urn): Omit<PostbackDeclaration, "postbackStatus"> | undefined {
    const olds = urn === undefined || this.planned.has(urn) ? undefined : this.declaredBefore.get(urn);
    if (olds === undefined || Object.values(olds).some(isUnknown)) return undefined;
    const { affiliateId, offerId, postbackUrl, postbackTypeId = 1 } = olds as Partial<State>;
    if (affiliateId === undefined || offerId === undefined || postbackUrl === undefined) return undefined;
    return { affiliateId, offerId, postbackUrl, postbackTypeId };
  }
}

/** A postback by what it is, where its ID is not known. */
export function declaredKey({
  affiliateId,
  offerId,
  postbackUrl,
}: Pick<Postback, "affiliateId" | "offerId" | "postbackUrl">): string {
  return hash([affiliateId, offerId, postbackUrl]);
}
