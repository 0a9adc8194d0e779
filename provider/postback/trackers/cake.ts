import { clickId, id, transactionId } from "./parameters";
import type { TemplateOptions, Tracker, TransactionIdOption } from "./tracker";

/**
 * Another CAKE: `https://<domain>/p.ashx?o=&e=&r=&t=`. The partner's links must carry `s2=#oreqid#` (or the sub id of
 * `clickId`). Source: CAKE article 13000103758 (read 2026-08-21).
 */
export interface CakeOptions extends TemplateOptions, TransactionIdOption {
  /**
   * The offer's id in the partner's CAKE. A whole number of at least 1.
   *
   * @default none: for all its offers
   */
  offerId?: number | undefined;
  /**
   * The event's id in the partner's CAKE. A whole number of at least 1.
   *
   * @default none: the offer's default event
   */
  eventId?: number | undefined;
}

export const cake: Tracker<CakeOptions> = {
  name: "CAKE",
  path: "/p.ashx",
  dedupes: false,
  hosts: [],
  parameters: {
    offerId: id("o"),
    eventId: id("e"),
    clickId: clickId("r"),
    transactionId: transactionId("t"),
  },
  source: "CAKE article 13000103758",
  read: "2026-08-21",
  isAt: ({ path }) => path === "/p.ashx",
};
