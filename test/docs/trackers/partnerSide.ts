/** What the documentation of a tracker says, and where it says it. */
export interface Fact {
  readonly says: string;
  readonly source: string;
}

/** A URL that people write, and the rule that finds what is wrong with it. */
export interface Mistake {
  readonly url: string;
  readonly says: string;
  readonly rule: string;
}

/**
 * What the partner enters and sees in a tracker. A list without a fact makes the page say that the tracker's
 * documentation says nothing.
 */
export interface PartnerSide {
  /** Values for the options that the template requires. */
  readonly required?: Readonly<Record<string, string | number>>;
  /** The macro by which the offer link carries the tracker's click ID; undefined if no article names it. */
  readonly link?: { readonly macro: string; readonly source: string };
  readonly setup: readonly Fact[];
  /** Where the partner sees whether conversions arrive. */
  readonly check: readonly Fact[];
  readonly secondConversion: readonly Fact[];
  readonly mistakes: readonly Mistake[];
}
