import * as pulumi from "@pulumi/pulumi";
import { CodedError } from "../message";
import { foundText } from "../settings/foundText";
import { AffiliatePostback, type AffiliatePostbackArgs } from "./affiliatePostback";
import { messages } from "./messages";

/**
 * The arguments of {@link PartnerPostbacks}: those of an {@link AffiliatePostback}, for every offer, and the offers.
 */
export interface PartnerPostbacksArgs extends Omit<AffiliatePostbackArgs, "offerId" | "adopt"> {
  /**
   * The offers whose conversions are reported, by their IDs in CAKE: a list, or a record with a name for each. Integers
   * from 0 on, each once, known when the program runs. The order and the names mean nothing to CAKE. An added offer gets a
   * postback, and the postback of a removed one is deactivated. The others do not change.
   */
  offers: readonly number[] | Readonly<Record<string, number>>;
}

/**
 * One partner's tracker for many offers: an {@link AffiliatePostback} for each, with the same URL.
 *
 * ```ts
 * const acme = new PartnerPostbacks("acme", {
 *   affiliateId: 67890,
 *   offers: { summer: 12345, winter: 12346 },
 *   postbackUrl: trackers.voluum({ domain: "track.acme-media.example" }),
 * });
 * export const summerId = acme.postbacks.summer?.postbackId;
 * ```
 *
 * Each postback is named after the component and the offer's ID (`acme-12345`), so that neither the order nor a name of
 * the offers replaces it. As children, they inherit `provider`, `protect` and other options.
 */
export class PartnerPostbacks extends pulumi.ComponentResource {
  /** The postbacks, by the names of the offers, or by their IDs if the offers are a list. */
  readonly postbacks: Readonly<Record<string, AffiliatePostback>>;

  /**
   * Declares a postback for each offer.
   *
   * @param name The component's name in the stack, and the beginning of the postbacks' names.
   * @param args What CAKE is to call, for whom and for which offers.
   * @param opts Pulumi's resource options; `provider` takes a `Provider` of this package.
   * @throws If `offers` contains a value that is not an offer ID, or an offer twice.
   */
  constructor(name: string, args: PartnerPostbacksArgs, opts?: pulumi.ComponentResourceOptions) {
    const { offers, ...shared } = args;
    requireOffers(name, offers);
    // No inputs: the postbacks hold everything, and a preview should show only what changes at CAKE.
    super("cake:index:PartnerPostbacks", name, {}, opts);
    const postbackOf = (offerId: number) =>
      new AffiliatePostback(`${name}-${offerId}`, { ...shared, offerId }, { parent: this });
    this.postbacks = Object.fromEntries(
      Object.entries(offers).map(([key, offerId]) => [
        Array.isArray(offers) ? String(offerId) : key,
        postbackOf(offerId),
      ]),
    );
    this.registerOutputs({ postbacks: this.postbacks });
  }
}

// Here and not in check, because the IDs are in the names of the postbacks.
function requireOffers(name: string, offers: PartnerPostbacksArgs["offers"]): void {
  const seen = new Set<number>();
  for (const [key, offerId] of Object.entries(offers)) {
    const quoted = Array.isArray(offers) ? key : JSON.stringify(key);
    if (!Number.isSafeInteger(offerId) || offerId < 0)
      throw new CodedError(messages.offerInvalid(name, quoted, foundText(offerId)));
    if (seen.has(offerId)) throw new CodedError(messages.offerTwice(name, quoted, offerId));
    seen.add(offerId);
  }
}
