import type { OptionsOfTracker, TemplateOptions } from "./options";
import {
  clickId,
  currency,
  id,
  oneOf,
  type Parameter,
  payout,
  segment,
  text,
  transactionId,
} from "./parameters";

/** A tracker that there is a template for: all that the template knows. */
export interface Tracker<Options extends TemplateOptions = TemplateOptions> {
  /** The tracker's name for people. */
  readonly name: string;
  /** The path of its postback URL; a `*` stands for an option. */
  readonly path: string;
  /** Every option but the common ones, in the order of the URL. */
  readonly parameters: ParametersOf<Options>;
  /** Whether it drops a second conversion of a click without another transaction id, or lets the partner set it so. */
  readonly dedupes: boolean;
  /** Its own domains. Most partners have one of theirs in front of it. */
  readonly hosts: readonly string[];
  readonly source: string;
  /** When the source was read. */
  readonly read: string;
}

type ParametersOf<Options> = {
  readonly [Name in Exclude<keyof Options, "domain" | "extra">]-?: Parameter<
    Exclude<Options[Name], undefined>
  >;
};

/** Every tracker that is documented well enough for a template. */
export const TRACKERS: { readonly [Name in keyof OptionsOfTracker]: Tracker<OptionsOfTracker[Name]> } = {
  voluum: {
    ...{ name: "Voluum", path: "/postback", dedupes: true, hosts: ["voluum.com", "voluumtrk.com"] },
    parameters: {
      ...{ clickId: clickId("cid"), payout: payout("payout"), transactionId: transactionId("txid") },
      ...{ status: text("et"), currency: currency("currency") },
    },
    ...{ source: "doc.voluum.com, postback_parameters", read: "2026-11-23" },
  },
  redtrack: {
    ...{ name: "RedTrack", path: "/postback", dedupes: false, hosts: ["rdtk.io"] },
    parameters: { clickId: clickId("clickid"), payout: payout("sum"), status: text("status") },
    ...{ source: "help.redtrack.io, click-id-parameter", read: "2026-11-23" },
  },
  binom: {
    ...{ name: "Binom", path: "/click.php", dedupes: false, hosts: [] },
    parameters: {
      ...{ clickId: clickId("cnv_id"), payout: payout("payout") },
      ...{ status: text("cnv_status"), currency: currency("cnv_currency") },
    },
    ...{ source: "docs.binom.org, postback-url", read: "2026-11-23" },
  },
  keitaro: {
    ...{ name: "Keitaro", path: "/*/postback", dedupes: true, hosts: [] },
    parameters: {
      key: segment(),
      ...{ clickId: clickId("subid"), payout: payout("payout"), transactionId: transactionId("tid") },
      status: oneOf("status", ["lead", "sale", "rejected", "rebill"]),
      currency: currency("currency"),
    },
    ...{ source: "docs.keitaro.io, postback", read: "2026-11-23" },
  },
  bemob: {
    ...{ name: "BeMob", path: "/postback", dedupes: true, hosts: ["bemobtrcks.com"] },
    parameters: {
      ...{ clickId: clickId("cid"), payout: payout("payout"), transactionId: transactionId("txid") },
      status: text("status"),
    },
    ...{ source: "docs.bemob.com, postback URL", read: "2026-11-23" },
  },
  peerclick: {
    ...{ name: "PeerClick", path: "/postback", dedupes: false, hosts: ["peerclick.com"] },
    parameters: {
      ...{ clickId: clickId("cid"), payout: payout("payout"), transactionId: transactionId("txid") },
      ...{ status: text("status"), currency: currency("currency") },
    },
    ...{ source: "help-center.peerclick.com 10512589", read: "2026-11-23" },
  },
  tune: {
    ...{ name: "TUNE", path: "/aff_lsr", dedupes: false, hosts: ["go2cloud.org", "hasoffers.com"] },
    parameters: {
      ...{ clickId: clickId("transaction_id"), payout: payout("amount", false) },
      ...{ transactionId: transactionId("adv_sub", false), securityToken: text("security_token") },
    },
    ...{ source: "CAKE article 5000593201; support.tune.com 4413247665431", read: "2026-11-23" },
  },
  everflow: {
    ...{ name: "Everflow", path: "/", dedupes: false, hosts: [] },
    parameters: {
      networkId: id("nid", "required"),
      ...{ clickId: clickId("transaction_id"), payout: payout("amount", false) },
      ...{ transactionId: transactionId("order_id", false), verificationToken: text("verification_token") },
    },
    source: "CAKE article 13000100633; helpdesk.everflow.io, accessing-editing-s2s-postback-urls",
    read: "2026-11-23",
  },
  cake: {
    ...{ name: "CAKE", path: "/p.ashx", dedupes: false, hosts: [] },
    parameters: {
      ...{ offerId: id("o"), eventId: id("e"), clickId: clickId("r"), transactionId: transactionId("t") },
    },
    ...{ source: "CAKE article 13000103758", read: "2026-08-21" },
  },
  affise: {
    ...{ name: "Affise", path: "/postback", dedupes: false, hosts: ["affise.com"] },
    parameters: {
      ...{ clickId: clickId("clickid"), payout: payout("sum"), status: oneOf("status", [1, 2, 3, 5]) },
      transactionId: transactionId("action_id"),
      ...{ goal: text("goal"), secure: text("secure") },
    },
    ...{ source: "help-center.affise.com 6475468", read: "2026-11-23" },
  },
  trackier: {
    ...{ name: "Trackier", path: "/acquisition", dedupes: false, hosts: ["vnative.co"] },
    parameters: {
      ...{ clickId: clickId("click_id"), payout: payout("revenue"), transactionId: transactionId("txn_id") },
      status: oneOf("status", ["approved", "pending", "rejected", "cancelled"]),
      ...{ goalValue: text("goal_value"), currency: currency("currency") },
    },
    ...{ source: "help.trackier.com 8107277", read: "2026-11-23" },
  },
  scaleo: {
    ...{ name: "Scaleo", path: "/track/conv", dedupes: false, hosts: ["scaletrk.com"] },
    parameters: {
      ...{ clickId: clickId("click_id"), token: text("token", "required"), goalId: id("goal_id") },
      status: oneOf("conv_status", ["pending", "approved", "rejected", "hold"]),
    },
    ...{ source: "help.scaleo.io 484", read: "2026-11-23" },
  },
  linktrust: {
    ...{ name: "LinkTrust", path: "/pixel.track", dedupes: false, hosts: [] },
    parameters: { clickId: clickId("ClickID"), transactionId: transactionId("MerchantReferenceID") },
    ...{ source: "help.linktrust.com, pixel-post", read: "2026-11-23" },
  },
};
