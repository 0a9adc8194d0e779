import fc from "fast-check";
import type { Declared, Site } from "./site";

/** What the model knows: the program as it stands. What CAKE and the stack should be follows from it. */
export interface Reference {
  readonly program: Map<number, Declared>;
}

export type Command = fc.AsyncCommand<Reference, Site>;

export function command(text: string, run: (site: Site, reference: Reference) => Promise<unknown>): Command {
  return {
    check: () => true,
    run: async (reference, site) => {
      await run(site, reference);
    },
    toString: () => text,
  };
}

// Offer 0 means every offer.
const OFFERS = [0, 1, 2];

export const affiliate = fc.integer({ min: 1, max: 4 });

export const declared: fc.Arbitrary<Declared> = fc.record({
  offerId: fc.constantFrom(...OFFERS),
  postbackUrl: fc.constantFrom("https://a.example/?c=#s2#", "https://b.example/?c=#s2#"),
  postbackStatus: fc.constantFrom("active", "active", "inactive"),
});
