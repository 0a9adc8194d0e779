import { clickId, id, transactionId } from "./parameters";
import type { TemplateOptions, Tracker, TransactionIdOption } from "./tracker";

/**
 * Another CAKE instance: `https://<domain>/p.ashx?o=&e=&r=&t=`. The partner's links must carry `s2=#oreqid#` (or the
 * sub ID of `clickId`). Source: CAKE article 13000103758 (read 2026-11-28).
 */
export interface CakeOptions extends TemplateOptions, TransactionIdOption {
  /**
   * The ID of the offer in the partner's CAKE instance, an integer of at least 1.
   *
   * @default none: all its offers
   */
  offerId?: number | undefined;
  /**
   * The ID of the event in the partner's CAKE instance, an integer of at least 1.
   *
   * @default none: the default event of the offer
   */
  eventId?: number | undefined;
}

export const cake: Tracker<CakeOptions> = {
  name: "CAKE",
  path: "/p.ashx",
  dedupes: "by setting",
  hosts: [],
  parameters: {
    offerId: id("o"),
    eventId: id("e"),
    clickId: clickId("r"),
    transactionId: transactionId("t"),
  },
  source: "CAKE article 13000103758",
  read: "2026-11-28",
  isAt: ({ path }) => path === "/p.ashx",
};
