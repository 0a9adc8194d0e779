/** What a probe of writes has settled about a CAKE. What it did not come to is undefined. */
export interface Settled {
  /** A second POST for the same affiliate and offer, with another URL. */
  readonly secondPost?: "inserts" | "overwrites" | "is refused";
  /** A POST that repeats an earlier one in every field. */
  readonly identicalPost?: "inserts" | "answers the same record" | "is refused";
  readonly updateEndpoint?: "there" | "missing";
  /** An update that is sent the status alone. */
  readonly statusUpdate?: "keeps the URL" | "does not keep the URL";
  /** An update that is sent the URL alone. */
  readonly urlUpdate?: "keeps the status" | "does not keep the status" | "changes nothing";
  /** How long after a write the list showed it, in milliseconds: asked for the id, and as a whole. */
  readonly shownById?: number;
  readonly shownInWhole?: number;
}
